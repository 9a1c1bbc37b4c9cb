"""Fill the folder of a pack: files to print and to read, papers, and the manifest last of all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from generator.base.digests import digest
from generator.base.files import file_error, make_private_folder, read_bytes, write_file
from generator.base.folder_guard import path_inside
from generator.base.origin import ORIGIN_FIELD, is_made_here, origin_hash
from generator.editions.fingerprint import drawing_digest
from generator.editions.render_papers import draw_papers
from generator.imposition.concat import concat_pdfs
from generator.printrun.pack_contents import Pack
from generator.printrun.pack_papers import bind_papers, paper_jobs
from generator.printrun.quantities import lines_by_paper
from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot

# Without it a folder is unfinished.
PACK_MANIFEST = "manifest.json"
PDF_LIMIT = 200_000_000


def fill_pack(
    snapshot: Snapshot, pack: Pack, combined: bool, record_copies: Callable[[], None]
) -> tuple[Problem, ...]:
    """Write every file of a pack, and remove those of an older one; return why papers are missing.

    The manifest comes last: it says that the pack can be printed. The copies are written down
    before that.
    """
    files = _editions(snapshot.project.output, pack, combined)
    key, papers, problems = _papers(snapshot, pack)
    manifest = _manifest(pack, key, files | papers, problems)
    path = pack.folder / PACK_MANIFEST
    # A folder without a manifest is unfinished: gone before the first file changes, it comes last.
    if not path.exists() or read_bytes(path) != manifest:
        path.unlink(missing_ok=True)

    for name in ("print", "read"):
        make_private_folder(pack.folder / name)
    for name, data in (files | papers).items():
        write_file(pack.folder / name, data, private=True)
    _remove_others(pack.folder, {*files, *papers, PACK_MANIFEST})
    record_copies()
    write_file(path, manifest, private=True)

    known = {"papers": key, "files": {name: sha256_of(data) for name, data in papers.items()}}
    noted = known | {ORIGIN_FIELD: origin_hash(pack.folder, known)}
    write_file(_papers_note(pack), json.dumps(noted) + "\n", private=True)
    return problems


def _editions(output: Path, pack: Pack, combined: bool) -> dict[str, bytes]:
    """Return the PDFs to print and to read, with `combined` also one file for each paper tray."""
    places = {f"print/{Path(path).name}": path for line in pack.lines for path in line.prints}
    for line in pack.lines:
        if line.path not in line.prints:
            places[f"read/{Path(line.path).name}"] = line.path
    files = {name: read_bytes(output / path, PDF_LIMIT) for name, path in places.items()}
    for paper, lines in lines_by_paper(pack.lines).items() if combined else ():
        name = f"tray-{paper}_{pack.site}".replace(" ", "").replace("×", "x")
        parts = [
            (line.code, files[f"print/{Path(path).name}"]) for line in lines for path in line.prints
        ]
        files[f"print/{name}.pdf"] = concat_pdfs(parts, name, fronts=True)
    return files


def _papers(snapshot: Snapshot, pack: Pack) -> tuple[str, dict[str, bytes], tuple[Problem, ...]]:
    """Return a digest of what is on the papers of a pack, the papers, and why some are missing.

    They are drawn only if that digest changed. Where one is missing the digest is empty, so that
    all are drawn again.
    """
    jobs = paper_jobs(snapshot, pack)
    key = digest(drawing_digest(snapshot.project), *(job.html for job in jobs))
    with suppress(OSError, ValueError, KeyError, TypeError, LeafletsError):
        known = json.loads(read_bytes(_papers_note(pack)))
        sums = known["files"]
        if is_made_here(pack.folder, {"papers": key, "files": sums}, known[ORIGIN_FIELD]):
            there = {name: read_bytes(path_inside(pack.folder, name), PDF_LIMIT) for name in sums}
            if all(sha256_of(data) == sums[name] for name, data in there.items()):
                return key, there, ()
    made = draw_papers(snapshot.project, jobs)
    return "" if made.problems else key, bind_papers(pack.site, made.pdfs), made.problems


def _papers_note(pack: Pack) -> Path:
    """Return where it is noted, beside the pack, which papers this computer drew for it."""
    return pack.folder.with_name(f".{pack.site}.json")


def sha256_of(data: bytes) -> str:
    """Return the sha256 of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def _manifest(
    pack: Pack, papers: str, files: dict[str, bytes], problems: tuple[Problem, ...]
) -> bytes:
    value = {
        "site": pack.site,
        "editions": [
            asdict(line.edition)
            | {name: getattr(line, name) for name in ("code", "state", "pages", "copies", "spare")}
            for line in pack.lines
        ],
        "left": [
            asdict(one.edition) | {"state": one.state, "why": list(one.why)} for one in pack.left
        ],
        "wanted": list(pack.wanted),
        "papers": papers,
        "files": [
            {"path": name, "bytes": len(data), "sha256": sha256_of(data)}
            for name, data in sorted(files.items())
        ],
    }
    if problems:
        value["missing"] = [problem.row() for problem in problems]
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _remove_others(folder: Path, keep: Collection[str]) -> None:
    """Remove the PDFs of an earlier pack; a phone tree stays, and whatever people put there."""
    for path in sorted(folder.rglob("*.pdf")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in keep and not name.startswith((".", "phone-tree")):
            try:
                path.unlink()
            except OSError as error:
                raise file_error(path, error, "remove") from None
