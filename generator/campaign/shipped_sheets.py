"""The shipped sheets, one row each, and the papers around leaflets."""

from __future__ import annotations

from generator.campaign.sheets import PaperLayout, Sheet, single_leaf

# Clear print, for pages that are read in the hand, is at least 12 pt (UKAAF G003).
CLEAR_SIZES = (14, 13.5, 13, 12.5, 12)
# A fold has a fixed number of pages: type grows into them.
FOLDED_SIZES = (17, 16, 15, *CLEAR_SIZES)
# On cards and narrow panels; the floor of this project is 10 pt.
SMALL_SIZES = (12, 11.5, 11, 10.5, 10)
IN_HALF = "Fold it in half, the print of page 1 outside."

SHIPPED_SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet("a5", 148, 210, 10, 2, CLEAR_SIZES, 27, 13, "A5 portrait, one leaf; the default", single_leaf(148, 210)),
        Sheet("a4", 210, 297, 18, 2, (17, 16, 15, 14, 13, 12), 32, 12, "A4 portrait, one leaf", single_leaf(210, 297)),
        Sheet("large-print", 210, 297, 20, 6, (18,), 34, 16, "A4 set at 18 pt for people with low vision (UKAAF G003)", single_leaf(210, 297)),
        Sheet(
            "a3-poster", 297, 420, 26, 1, (32, 30, 28, 26, 24, 22, 20, 18, 16, 14), 60, 18, "A3 poster, one side",
            PaperLayout((297, 420), ("1",), flip="long"),
        ),
        Sheet("a6-card", 105, 148, 8, 2, SMALL_SIZES, 25, 14, "A6 card, printed on A6", single_leaf(105, 148), foot=2),
        Sheet(
            "a4-fold", 148, 210, 10, 4, (20, 18, *FOLDED_SIZES), 27, 15, "A4 folded to A5, four pages", unit=4, foot=2, cover=True,
            layout=PaperLayout((297, 210), ("4 1",), ("2 3",), steps=(IN_HALF,), views=("1", "2 3", "4")),
        ),
        Sheet(
            "trifold", 100, 210, 8, 6, (18, 16, 15, 14, 13, *SMALL_SIZES), 25, 19, "A4 rolled into three, six narrow pages", unit=6, foot=2,
            cover=True, panels=(100, 100, 100, 97, 97, 100),
            layout=PaperLayout(
                (297, 210), ("5 6 1",), ("2 3 4",),
                steps=(
                    "Lay it down with pages 2, 3 and 4 up.",
                    "Fold the narrow panel in: page 4 is covered, page 5 shows.",
                    "Fold page 2 over it: page 1 is on top.",
                ),
                views=("1", "2 5", "2 3 4", "6"),
            ),
        ),
        Sheet(
            "dl", 99, 210, 8, 2, SMALL_SIZES, 25, 19, "a third of A4, three to a paper", foot=2,
            layout=PaperLayout((297, 210), ("1 1 1",), ("2 2 2",), steps=("Cut it into three.",), views=("1", "2")),
        ),
        Sheet(
            "a5-booklet", 148, 210, 12, 32, FOLDED_SIZES, 27, 15, "A5 booklet of any length, stitched from A4", unit=4, cover=True,
            layout=PaperLayout(
                (297, 210), ("4 1",), ("2 3",), nested=True,
                steps=("Lay the papers on each other, the last printed on the inside.", IN_HALF, "Staple it on the fold."),
            ),
        ),
        Sheet(
            "mini-zine", 74.25, 105, 6.5, 8, (14, 13, *SMALL_SIZES), 20, 12, "eight small pages from one side of A4, cut and folded",
            unit=8, foot=5, cover=True, terse=True,
            layout=PaperLayout(
                (297, 210), ("7^ 6^ 5^ 4^", "8 1 2 3"),
                steps=(
                    "Fold it in half three times, and open it again.",
                    "Cut along the middle fold, over the two inner pages only.",
                    "Fold it lengthways, the print outside, and push the ends together until the cut opens to a cross.",
                    "Lay the four leaves on each other: page 1 is on top.",
                ),
                cuts=((74.25, 105, 222.75, 105),),
                views=("1", "2 3", "4 5", "6 7", "8"),
            ),
        ),
        Sheet(
            "wallet", 85, 55, 5, 2, (11, 10.5, 10, 9.5, 9), 19, 7, "a card for the wallet, ten to a paper", foot=2, short=True, terse=True,
            layout=PaperLayout((210, 297), ("1 1",) * 5, ("2 2",) * 5, flip="long", steps=("Cut along the marks.",), views=("1", "2")),
        ),
        Sheet(
            "2-up", 148, 210, 10, 2, CLEAR_SIZES, 27, 13, "A5, two to a sheet of A4", foot=2,
            layout=PaperLayout((297, 210), ("1 1",), ("2 2",), steps=("Cut it in half.",), views=("1", "2")),
        ),
        Sheet(
            "4-up", 105, 148, 8, 2, SMALL_SIZES, 25, 14, "A6, four to a sheet of A4", foot=2,
            layout=PaperLayout((210, 297), ("1 1",) * 2, ("2 2",) * 2, flip="long", steps=("Cut it into four.",), views=("1", "2")),
        ),
        Sheet(
            "tear-off", 210, 232, 16, 2, (24, 22, 20, 18, 17, 16, 15, 14), 36, 12, "A4 poster with ten strips to tear off", unit=2,
            tab=(65, 20), short=True,
            layout=PaperLayout(
                (210, 297), ("1", "2< 2< 2< 2< 2< 2< 2< 2< 2< 2<"), flip="long", steps=("Cut between the strips, up to the line.",),
                views=("1", "2"), cuts=((5, 65, 205, 65), *((x, 5, x, 65) for x in range(5, 206, 20))),
            ),
        ),
        Sheet("screen", 210, 297, 18, 6, (13, 12), 32, 12, "A4 to fill in on a screen, not for paper", single_leaf(210, 297), fields=True),
    )
}  # fmt: skip
WORKSHEET_SHEET = Sheet(
    "worksheet",
    210,
    297,
    12,
    400,
    (10.5,),
    26,
    0,
    "A4 portrait, to read and to write on; no sheet of a leaflet",
    single_leaf(210, 297),
)
# Papers around leaflets; no leaflet is built for one of these.
NOTICE_SHEET = Sheet(
    "notice",
    210,
    297,
    18,
    2,
    (22, 20, 18, 16, 14),
    0,
    0,
    "A4, to hang up where papers are asked back",
    single_leaf(210, 297),
)
DESK_SHEET = Sheet(
    "desk", 210, 297, 15, 60, (10.5,), 0, 0, "A4, for lists and orders", single_leaf(210, 297)
)
LABEL_SHEET = Sheet(
    "label",
    148,
    105,
    7,
    1,
    (20, 18, 16, 14, 12),
    0,
    0,
    "A6 across, on a bundle",
    single_leaf(148, 105),
)
BOX_LABEL_SHEET = Sheet(
    "box-label", 210, 148, 9, 6, (12, 11), 0, 0, "A5 across, on a box", single_leaf(210, 148)
)
PEOPLE_SHEET = Sheet(
    "people",
    210,
    297,
    15,
    12,
    (13, 12),
    30,
    12,
    "A4, a phone tree with its people",
    single_leaf(210, 297),
)
