"""Find the font files, cut those of East Asia, and give each a private name and its true weight."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from generator.base.files import locked_folder, write_file
from generator.base.result_cache import user_cache_folder
from generator.model import FontFace, Language
from generator.problem import LeafletsError, Problem

_LOG = logging.getLogger("generator")
# The second family of every language: Latin names, digits and punctuation that script fonts lack.
LATIN_FAMILY = "Noto Sans"
_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "/Library/Fonts",
    "/opt/homebrew/share/fonts",
    "~/AppData/Local/Microsoft/Windows/Fonts",
    "C:/Windows/Fonts",
)
# Place of a family in Noto's CJK collection files.
_COLLECTION_NUMBERS = {
    "Noto Sans CJK JP": 0,
    "Noto Sans CJK KR": 1,
    "Noto Sans CJK SC": 2,
    "Noto Sans CJK TC": 3,
}
# Families cut without their shapes for other languages: in Korean these have spaces and marks
# that no character stands for.
# The Chinese ones keep theirs, so that pages signed before have the same bytes.
_WITHOUT_LOCL = ("Noto Sans CJK JP", "Noto Sans CJK KR")
# The way fonts are cut; a new number for each change of it, so that files cut before are not
# used.
CUTTING = 2
# Before a family's name, so that no installed font can be meant.
FAMILY_PREFIX = "L "


def font_cache_folder() -> Path:
    """Return where cut fonts are kept: $LEAFLETS_CACHE, else the user's cache folder."""
    own = os.environ.get("LEAFLETS_CACHE")
    return Path(own).expanduser() if own else user_cache_folder()


@cache
def installed_fonts() -> dict[str, Path]:
    """Return this machine's font files by name; $LEAFLETS_FONTS names the only folder to search."""
    folders = (os.environ["LEAFLETS_FONTS"],) if os.environ.get("LEAFLETS_FONTS") else _FONT_FOLDERS
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(Path(folder).expanduser().rglob("Noto*.[ot]t[fc]")):
            found.setdefault(path.name, path)
    return found


def missing_fonts(faces: Iterable[FontFace]) -> list[Problem]:
    """Return a problem for each font file that is not installed, with what to type."""
    return [
        Problem(
            "font-missing",
            f"the font file {name} of {face.family} is not installed",
            hint=f"sudo apt install {face.package}",
        )
        for face in dict.fromkeys(faces)
        for name in (face.regular, face.bold)
        if name not in installed_fonts()
    ]


def needed_faces(languages: Iterable[Language], table: dict[str, Language]) -> list[FontFace]:
    """Return the faces that the languages need, the Latin one first, each once."""
    return list(dict.fromkeys([table["en"].face, *(language.face for language in languages)]))


def font_stack(language: Language) -> tuple[str, ...]:
    """Return the private family names of a language, its script's first."""
    return tuple(
        dict.fromkeys((FAMILY_PREFIX + language.face.family, FAMILY_PREFIX + LATIN_FAMILY))
    )


def font_files(wanted: Iterable[FontFace]) -> dict[str, Path]:
    """Return the font files by asset name; collections are cut on first use.

    Raises LeafletsError if one is missing.
    """
    wanted = list(wanted)
    if gone := missing_fonts(wanted):
        raise LeafletsError(*gone)
    found = {(face, weight): _place(face, weight) for face in wanted for weight in (400, 700)}
    if uncut := [key for key, path in found.items() if key[0].cut and not path.exists()]:
        _cut(uncut, found)
    return {asset_name(face, weight): path for (face, weight), path in found.items()}


def is_face_ready(face: FontFace) -> bool:
    """Tell whether a face is installed, and cut already if it must be."""
    return not missing_fonts([face]) and all(_place(face, weight).exists() for weight in (400, 700))


def asset_name(face: FontFace, weight: int) -> str:
    """Return the name under which pages ask for a face."""
    return f"{face.family.replace(' ', '')}-{weight}"


def _place(face: FontFace, weight: int) -> Path:
    """Return where a face is, or where it will be once it is cut."""
    source = _source(face, weight)
    if not face.cut:
        return source
    return (
        font_cache_folder()
        / f"{asset_name(face, weight)}-{face.cut}-{source.stat().st_size}-{CUTTING}.otf"
    )


def _source(face: FontFace, weight: int) -> Path:
    return installed_fonts()[face.regular if weight == 400 else face.bold]


def _cut(keys: list[tuple[FontFace, int]], places: dict[tuple[FontFace, int], Path]) -> None:
    """Cut faces out of their collections to a national standard, once and all at a time."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    _LOG.info(
        "Preparing %s, once; this takes about a minute ...",
        ", ".join(sorted({face.family for face, _ in keys})),
    )
    with (
        locked_folder(font_cache_folder(), seconds=600),
        ProcessPoolExecutor(len(keys), get_context("spawn")) as pool,
    ):
        left = [key for key in keys if not places[key].exists()]
        for key, data in zip(
            left,
            pool.map(_subset, [key[0] for key in left], [_source(*key) for key in left]),
            strict=True,
        ):
            write_file(places[key], data)


def _subset(face: FontFace, source: Path) -> bytes:
    from io import BytesIO

    from fontTools import subset, ttLib

    font = ttLib.TTFont(
        source, fontNumber=_COLLECTION_NUMBERS[face.family], lazy=True, recalcTimestamp=False
    )
    records = [
        record for name in ("GSUB", "GPOS") for record in font[name].table.FeatureList.FeatureRecord
    ]
    features = (
        sorted({record.FeatureTag for record in records} - {"locl"})
        if face.family in _WITHOUT_LOCL
        else ["*"]
    )
    options = subset.Options(font_number=_COLLECTION_NUMBERS[face.family], layout_features=features)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=_standard(face.cut))
    cutter.subset(font)
    data = BytesIO()
    font.save(data)
    return _renumbered(data.getvalue())


def _renumbered(data: bytes) -> bytes:
    """Return a cut CID-keyed font whose CIDs are its glyph numbers again.

    Cutting gives glyphs new numbers and keeps their CIDs. A PDF calls a glyph by one number, and
    viewers disagree on which of the two is meant.
    """
    from io import BytesIO

    from fontTools import ttLib

    font = ttLib.TTFont(BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    top = font["CFF "].cff.topDictIndex[0]
    names = [".notdef", *(f"cid{number:05d}" for number in range(1, len(top.charset)))]
    top.CharStrings.charStrings = {
        new: top.CharStrings.charStrings[old] for new, old in zip(names, top.charset, strict=True)
    }
    top.charset = names
    renumbered = BytesIO()
    font.save(renumbered)
    return renumbered.getvalue()


def _standard(codec: str) -> list[int]:
    """Return the code points of a two-byte national standard, with ASCII and Latin 1."""
    found = set(range(0x20, 0x100)) | {0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026}
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                found.update(map(ord, bytes((lead, trail)).decode(codec)))
            except UnicodeDecodeError:
                continue
    return sorted(found)


def font_css(languages: Iterable[Language], wanted: Iterable[FontFace]) -> str:
    """Return the @font-face rules with explicit weights, and one rule of type per language.

    `--heading-line` is a line height; `--small` a size for side remarks, less where lines are high.
    """
    rules = [
        f'@font-face {{ font-family: "{FAMILY_PREFIX}{face.family}"; font-weight: {weight}; '
        f"src: url(asset:{asset_name(face, weight)}) }}"
        for face in wanted
        for weight in (400, 700)
    ]
    for language in languages:
        families = ", ".join(f'"{family}"' for family in font_stack(language))
        rules.append(
            f"html:lang({language.tag}), .said:lang({language.tag}) {{ font-family: {families};"
            f" font-size: calc(var(--base) * {language.size});"
            f" line-height: {language.line_height}; --heading-line: {language.heading_line_height};"
            f" --small: {0.27 + 0.4 / language.heading_line_height:.2f}em }}"
        )
    rules.append(f'.ltr {{ font-family: "{FAMILY_PREFIX}{LATIN_FAMILY}" }}')
    return "\n".join(rules)


def printable_characters(language: Language, table: dict[str, Language]) -> frozenset[int] | None:
    """Return what a language's fonts print in regular and bold; None if they are not there."""
    wanted = needed_faces([language], table)
    if missing_fonts(wanted):
        return None
    found = [face_coverage(face) for face in wanted]
    return frozenset.union(*(face[400] for face in found)) & frozenset.union(
        *(face[700] for face in found)
    )


def face_coverage(face: FontFace) -> dict[int, frozenset[int]]:
    """Return the code points of a face by weight, from the files' cmap tables."""
    found = font_files([face])
    return {weight: _code_points(found[asset_name(face, weight)]) for weight in (400, 700)}


@cache
def _code_points(path: Path) -> frozenset[int]:
    from fontTools import ttLib

    with ttLib.TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def font_digest(path: Path) -> str:
    """Return the sha256 of a font file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
