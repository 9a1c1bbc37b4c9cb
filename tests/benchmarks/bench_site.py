"""How many pages a second nginx serves of a published site on this computer, with the recipe of docs/serving.md.

    python tests/benchmarks/bench_site.py [SITE]       SITE: a folder made by `leaflets publish`, else output/site

Clients and server share the cores, so the number is a floor. Every answer is counted; one that is not 200 fails the run.
"""

from __future__ import annotations

import http.client
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.support.nginx import PROGRAM, nginx

SECONDS, CLIENTS = 10, 4


def client(address: str, paths: list[str], first: int) -> Counter[str]:
    """Ask for one page after the other over one connection; return the answers by status, and the bytes."""
    parts, found, until = urlsplit(address), Counter[str](), time.monotonic() + SECONDS
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    place = first
    while time.monotonic() < until:
        connection.request("GET", paths[place % len(paths)], headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        found["bytes"] += len(answer.read())
        found[str(answer.status)] += 1
        place += 1
    connection.close()
    return found


def main() -> int:
    """Serve, ask, print; return 1 if anything was not answered with a page."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "output/site").resolve()
    paths = ["/" + path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")) if path.name == "index.html"]
    if not paths:
        print(f"no site in {site}: leaflets build && leaflets publish")
        return 1
    version = subprocess.run([PROGRAM, "-v"], capture_output=True, text=True, check=True).stderr.strip()
    print(f"{version}; {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {len(paths)} pages, {CLIENTS} clients")
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as work, nginx(site, Path(work), cores) as address, ProcessPoolExecutor(CLIENTS) as pool:
        total = sum(pool.map(client, [address] * CLIENTS, [paths] * CLIENTS, range(0, 97 * CLIENTS, 97)), Counter[str]())
    sent = total.pop("bytes")
    answers = sum(total.values())
    print(f"{answers / SECONDS:.0f} answers a second, {sent / answers:.0f} bytes each (gzip); by status: {dict(total)}")
    return 0 if set(total) == {"200"} else 1


if __name__ == "__main__":
    sys.exit(main())
