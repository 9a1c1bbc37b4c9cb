"""Files written by many threads at once: none of them opens the next one's files to others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WRITERS = """
import os, sys, threading, time
from pathlib import Path
asked = os.umask
os.umask = lambda mask: (time.sleep(0.002), asked(mask))[1]  # as if the system were busy just then
from generator.base.files import write_file
def some(name):
    for number in range(5):
        write_file(Path(sys.argv[1]) / f"{name}{number}", "text")
threads = [threading.Thread(target=some, args=(name,)) for name in "abcdef"]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(oct(asked(0)))
"""


def test_threads_that_write_leave_the_umask_of_the_process_alone(tmp_path: Path) -> None:
    """On a computer where files are for their owner alone they stay so, however many readers sign at once."""
    told = subprocess.run([sys.executable, "-c", WRITERS, str(tmp_path)], umask=0o077, capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "0o77"
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
