"""Fill the folder of a pack: files to print and to read, papers, and the manifest last of all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.base.digests import digest
from generator.base.files import file_error, make_private_folder, read_bytes, write_file
from generator.base.folder_guard import path_inside
from generator.base.origin import ORIGIN_FIELD, is_made_here, origin_hash
from generator.editions.fingerprint import drawing_digest
from generator.editions.render_papers import draw_papers
from generator.imposition.concat import concat_pdfs
from generator.model import Edition
from generator.printrun.pack_papers import RecalledPrinting, bind_papers, paper_jobs
from generator.printrun.quantities import PrintLine, lines_by_paper
from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot

PACK_MANIFEST = "manifest.json"
"""Without it a folder is unfinished."""
PDF_LIMIT = 200_000_000


@dataclass(frozen=True)
class LeftOut:
    """One edition that is not in the pack, why, and who is needed."""

    edition: Edition
    state: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """What a pack holds: its folder, the lines to print, what is missing."""

    site: str
    folder: Path
    lines: tuple[PrintLine, ...]
    left: tuple[LeftOut, ...]
    wanted: tuple[str, ...]
    collect: tuple[RecalledPrinting, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything that the site asks for is in the pack."""
        return bool(self.lines) and not self.left and not self.problems


def fill_pack(
    snapshot: Snapshot, found: Pack, combined: bool, count: Callable[[], None]
) -> tuple[Problem, ...]:
    """Write every file of a pack, the manifest last, and remove what belongs to it no more; return why papers are missing.

    `count` writes down the copies before the manifest says that the pack can be printed.
    """
    places = {f"print/{Path(path).name}": path for line in found.lines for path in line.prints}
    places |= {
        f"read/{Path(line.path).name}": line.path
        for line in found.lines
        if line.path not in line.prints
    }
    files = {
        name: read_bytes(snapshot.project.output / path, PDF_LIMIT) for name, path in places.items()
    }
    for paper, lines in lines_by_paper(found.lines).items() if combined else ():
        name = f"tray-{paper}_{found.site}".replace(" ", "").replace("×", "x")
        parts = [
            (line.code, files[f"print/{Path(path).name}"]) for line in lines for path in line.prints
        ]
        files[f"print/{name}.pdf"] = concat_pdfs(parts, name, fronts=True)
    key, papers, problems = _papers(snapshot, found)
    manifest = _manifest(found, key, files | papers, problems)
    path = found.folder / PACK_MANIFEST
    if not path.exists() or read_bytes(path) != manifest:
        path.unlink(missing_ok=True)
    for name in ("print", "read"):
        make_private_folder(found.folder / name)
    for name, data in (files | papers).items():
        write_file(found.folder / name, data, private=True)
    _remove_others(found.folder, {*files, *papers, PACK_MANIFEST})
    count()
    write_file(path, manifest, private=True)
    known = {"papers": key, "files": {name: _sum(data) for name, data in papers.items()}}
    write_file(
        _memory(found),
        json.dumps(known | {ORIGIN_FIELD: origin_hash(found.folder, known)}) + "\n",
        private=True,
    )
    return problems


def _papers(snapshot: Snapshot, found: Pack) -> tuple[str, dict[str, bytes], tuple[Problem, ...]]:
    """Return a digest of what is on the papers of a pack, the papers, and why some are missing.

    They are drawn only if that digest changed; where one is missing it is empty, so that all are drawn again.
    """
    jobs = paper_jobs(
        snapshot,
        found.site,
        found.lines,
        [(left.edition, left.why) for left in found.left],
        found.wanted,
        found.collect,
    )
    key = digest(drawing_digest(snapshot.project), *(job.html for job in jobs))
    with suppress(OSError, ValueError, KeyError, TypeError, LeafletsError):
        known = json.loads(read_bytes(_memory(found)))
        sums = known["files"]
        if is_made_here(found.folder, {"papers": key, "files": sums}, known[ORIGIN_FIELD]):
            there = {name: read_bytes(path_inside(found.folder, name), PDF_LIMIT) for name in sums}
            if all(_sum(data) == sums[name] for name, data in there.items()):
                return key, there, ()
    made = draw_papers(snapshot.project, jobs)
    return "" if made.problems else key, bind_papers(found.site, made.pdfs), made.problems


def _memory(found: Pack) -> Path:
    """Return where it is noted, beside the pack, which papers this computer drew for it."""
    return found.folder.with_name(f".{found.site}.json")


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _manifest(
    found: Pack, papers: str, files: dict[str, bytes], problems: tuple[Problem, ...]
) -> bytes:
    rows = [
        {"path": name, "bytes": len(data), "sha256": _sum(data)}
        for name, data in sorted(files.items())
    ]
    editions = [
        asdict(line.edition)
        | {
            "code": line.code,
            "state": line.state,
            "pages": line.pages,
            "copies": line.copies,
            "spare": line.spare,
        }
        for line in found.lines
    ]
    left = [asdict(one.edition) | {"state": one.state, "why": list(one.why)} for one in found.left]
    value = {
        "site": found.site,
        "editions": editions,
        "left": left,
        "wanted": list(found.wanted),
        "papers": papers,
        "files": rows,
    }
    value |= {"missing": [problem.row() for problem in problems]} if problems else {}
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _remove_others(folder: Path, keep: Collection[str]) -> None:
    """Remove the PDFs of an earlier pack; a phone tree stays, it is printed apart, and so do notes and photos that people put there."""
    for path in sorted(folder.rglob("*.pdf")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in keep and not name.startswith((".", "phone-tree")):
            try:
                path.unlink()
            except OSError as error:
                raise file_error(path, error, "remove") from None
