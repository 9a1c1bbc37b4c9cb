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

_TABLE = (
    Sheet(
        "a5", 148, 210, margin=10, pages=2, sizes=CLEAR_SIZES, qr=27, band=13,
        about="A5 portrait, one leaf; the default",
        layout=single_leaf(148, 210),
    ),
    Sheet(
        "a4", 210, 297, margin=18, pages=2, sizes=(17, 16, 15, 14, 13, 12), qr=32, band=12,
        about="A4 portrait, one leaf",
        layout=single_leaf(210, 297),
    ),
    Sheet(
        "large-print", 210, 297, margin=20, pages=6, sizes=(18,), qr=34, band=16,
        about="A4 set at 18 pt for people with low vision (UKAAF G003)",
        layout=single_leaf(210, 297),
    ),
    Sheet(
        "a3-poster", 297, 420, margin=26, pages=1, sizes=(32, 30, 28, 26, 24, 22, 20, 18, 16, 14),
        qr=60, band=18, about="A3 poster, one side",
        layout=PaperLayout((297, 420), ("1",), flip="long"),
    ),
    Sheet(
        "a6-card", 105, 148, margin=8, pages=2, sizes=SMALL_SIZES, qr=25, band=14,
        about="A6 card, printed on A6", foot=2,
        layout=single_leaf(105, 148),
    ),
    Sheet(
        "a4-fold", 148, 210, margin=10, pages=4, sizes=(20, 18, *FOLDED_SIZES), qr=27, band=15,
        about="A4 folded to A5, four pages", unit=4, foot=2, cover=True,
        layout=PaperLayout(
            (297, 210), ("4 1",), ("2 3",), views=("1", "2 3", "4"),
            steps=(IN_HALF,),
        ),
    ),
    Sheet(
        "trifold", 100, 210, margin=8, pages=6, sizes=(18, 16, 15, 14, 13, *SMALL_SIZES), qr=25,
        band=19, about="A4 rolled into three, six narrow pages", unit=6, foot=2, cover=True,
        panels=(100, 100, 100, 97, 97, 100),
        layout=PaperLayout(
            (297, 210), ("5 6 1",), ("2 3 4",), views=("1", "2 5", "2 3 4", "6"),
            steps=(
                "Lay it down with pages 2, 3 and 4 up.",
                "Fold the narrow panel in: page 4 is covered, page 5 shows.",
                "Fold page 2 over it: page 1 is on top.",
            ),
        ),
    ),
    Sheet(
        "dl", 99, 210, margin=8, pages=2, sizes=SMALL_SIZES, qr=25, band=19,
        about="a third of A4, three to a paper", foot=2,
        layout=PaperLayout(
            (297, 210), ("1 1 1",), ("2 2 2",), views=("1", "2"),
            steps=("Cut it into three.",),
        ),
    ),
    Sheet(
        "a5-booklet", 148, 210, margin=12, pages=32, sizes=FOLDED_SIZES, qr=27, band=15,
        about="A5 booklet of any length, stitched from A4", unit=4, cover=True,
        layout=PaperLayout(
            (297, 210), ("4 1",), ("2 3",), nested=True,
            steps=(
                "Lay the papers on each other, the last printed on the inside.",
                IN_HALF,
                "Staple it on the fold.",
            ),
        ),
    ),
    Sheet(
        "mini-zine", 74.25, 105, margin=6.5, pages=8, sizes=(14, 13, *SMALL_SIZES), qr=20, band=12,
        about="eight small pages from one side of A4, cut and folded", unit=8, foot=5, cover=True,
        terse=True,
        layout=PaperLayout(
            (297, 210), ("7^ 6^ 5^ 4^", "8 1 2 3"), cuts=((74.25, 105, 222.75, 105),),
            views=("1", "2 3", "4 5", "6 7", "8"),
            steps=(
                "Fold it in half three times, and open it again.",
                "Cut along the middle fold, over the two inner pages only.",
                "Fold it lengthways, the print outside, and push the ends together until the cut "
                "opens to a cross.",
                "Lay the four leaves on each other: page 1 is on top.",
            ),
        ),
    ),
    Sheet(
        "wallet", 85, 55, margin=5, pages=2, sizes=(11, 10.5, 10, 9.5, 9), qr=19, band=7,
        about="a card for the wallet, ten to a paper", foot=2, short=True, terse=True,
        layout=PaperLayout(
            (210, 297), ("1 1",) * 5, ("2 2",) * 5, flip="long", views=("1", "2"),
            steps=("Cut along the marks.",),
        ),
    ),
    Sheet(
        "2-up", 148, 210, margin=10, pages=2, sizes=CLEAR_SIZES, qr=27, band=13,
        about="A5, two to a sheet of A4", foot=2,
        layout=PaperLayout(
            (297, 210), ("1 1",), ("2 2",), views=("1", "2"),
            steps=("Cut it in half.",),
        ),
    ),
    Sheet(
        "4-up", 105, 148, margin=8, pages=2, sizes=SMALL_SIZES, qr=25, band=14,
        about="A6, four to a sheet of A4", foot=2,
        layout=PaperLayout(
            (210, 297), ("1 1",) * 2, ("2 2",) * 2, flip="long", views=("1", "2"),
            steps=("Cut it into four.",),
        ),
    ),
    Sheet(
        "tear-off", 210, 232, margin=16, pages=2, sizes=(24, 22, 20, 18, 17, 16, 15, 14), qr=36,
        band=12, about="A4 poster with ten strips to tear off", unit=2, tab=(65, 20), short=True,
        layout=PaperLayout(
            (210, 297), ("1", "2< 2< 2< 2< 2< 2< 2< 2< 2< 2<"), flip="long", views=("1", "2"),
            cuts=((5, 65, 205, 65), *((x, 5, x, 65) for x in range(5, 206, 20))),
            steps=("Cut between the strips, up to the line.",),
        ),
    ),
    Sheet(
        "screen", 210, 297, margin=18, pages=6, sizes=(13, 12), qr=32, band=12,
        about="A4 to fill in on a screen, not for paper", fields=True,
        layout=single_leaf(210, 297),
    ),
)  # fmt: skip
SHIPPED_SHEETS = {sheet.name: sheet for sheet in _TABLE}

# Papers around leaflets; no leaflet is built for one of these.
WORKSHEET_SHEET = Sheet(
    "worksheet", 210, 297, margin=12, pages=400, sizes=(10.5,), qr=26, band=0,
    about="A4 portrait, to read and to write on; no sheet of a leaflet",
    layout=single_leaf(210, 297),
)  # fmt: skip
NOTICE_SHEET = Sheet(
    "notice", 210, 297, margin=18, pages=2, sizes=(22, 20, 18, 16, 14), qr=0, band=0,
    about="A4, to hang up where papers are asked back",
    layout=single_leaf(210, 297),
)  # fmt: skip
DESK_SHEET = Sheet(
    "desk", 210, 297, margin=15, pages=60, sizes=(10.5,), qr=0, band=0,
    about="A4, for lists and orders",
    layout=single_leaf(210, 297),
)  # fmt: skip
LABEL_SHEET = Sheet(
    "label", 148, 105, margin=7, pages=1, sizes=(20, 18, 16, 14, 12), qr=0, band=0,
    about="A6 across, on a bundle",
    layout=single_leaf(148, 105),
)  # fmt: skip
BOX_LABEL_SHEET = Sheet(
    "box-label", 210, 148, margin=9, pages=6, sizes=(12, 11), qr=0, band=0,
    about="A5 across, on a box",
    layout=single_leaf(210, 148),
)  # fmt: skip
PEOPLE_SHEET = Sheet(
    "people", 210, 297, margin=15, pages=12, sizes=(13, 12), qr=30, band=12,
    about="A4, a phone tree with its people",
    layout=single_leaf(210, 297),
)  # fmt: skip
