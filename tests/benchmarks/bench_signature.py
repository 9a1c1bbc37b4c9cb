"""Measure a signature on the page: milliseconds of CPU from the form to the answer, with ledger, chain, catalogue and what is remembered.

Run it with `.venv/bin/python tests/benchmarks/bench_signature.py`.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from generator.campaign.project import Project
from generator.review.snapshot import Snapshot
from tests.conftest import copy_campaign
from tests.support.visitor import page_over, visitor
from tests.support.volunteers import Form

LEAFLET, LANGUAGE = "care-workers", "fr"


def main() -> None:
    """Run the measurement and print one line."""
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory(prefix="leaflets-bench-") as folder:
        os.environ["XDG_STATE_HOME"], os.environ["XDG_CACHE_HOME"] = f"{folder}/state", f"{folder}/cache"
        root = copy_campaign(Path(folder) / "campaign")
        reader = visitor(page_over(root))
        texts = Snapshot(Project(root)).texts(LANGUAGE, LEAFLET)
        times = [signed(reader, f"/read/{LANGUAGE}/{LEAFLET}/{name}") for name, text in texts.items() if text.msgstr]
        print(
            f"{len(times)} signatures: {median(times) * 1000:.0f} ms of CPU (median), {max(times[1:]) * 1000:.0f} at most after the first"
        )


def signed(reader: object, path: str) -> float:
    """Sign a sentence and return the seconds of CPU that it took."""
    fields = Form(reader.get(path).get_data(as_text=True)).fields  # type: ignore[attr-defined]
    started = time.process_time()
    answer = reader.post(path, data={**fields, "do": "sign"})  # type: ignore[attr-defined]
    assert answer.status_code == 303, path
    return time.process_time() - started


if __name__ == "__main__":
    main()
