"""The recipe for nginx of docs/serving.md, run on this computer."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = shutil.which("nginx") or "/usr/sbin/nginx"


def recipe() -> str:
    """Return the recipe as the page prints it."""
    text = (ROOT / "docs" / "serving.md").read_text("utf-8")
    return re.findall(r"<!-- nginx -->\n```nginx\n(.*?)```", text, re.DOTALL)[0]


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def settings(site: Path, work: Path, port: int, workers: int) -> str:
    """Return a whole configuration around the recipe: only certificate, address and places are others."""
    text = recipe()
    for old, new in (
        (r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};"),
        (r"ssl_certificate\S* .*?;", ""),
        (r"/var/www/leaflets", str(site)),
        (r"/var/log/nginx/", f"{work}/"),
    ):
        assert re.search(old, text), old
        text = re.sub(old, new, text)
    temporary = "".join(f"{kind}_temp_path {work}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""  # else its workers may not read a test's folders
    return (
        f"{user}daemon off; worker_processes {workers}; pid {work}/nginx.pid; error_log {work}/start.log crit;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\ninclude /etc/nginx/mime.types;\n{temporary}{text}}}\n"
    )


@contextmanager
def nginx(site: Path, work: Path, workers: int = 1) -> Iterator[str]:
    """Serve `site` with the recipe until the block ends; `work` takes its files. Yields the address."""
    port = free_port()
    (work / "nginx.conf").write_text(settings(site, work, port, workers), "utf-8")
    work.chmod(0o755)
    process = subprocess.Popen([PROGRAM, "-e", str(work / "start.log"), "-c", str(work / "nginx.conf"), "-p", str(work)])
    try:
        for _ in range(100):
            time.sleep(0.05)
            assert process.poll() is None, "nginx did not start"
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
