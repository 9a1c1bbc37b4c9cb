"""Read files with a size limit, write them whole or not at all, and lock shared folders."""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from generator.base.file_kind import wide_encoding
from generator.base.leftovers import sweep_leftovers, temporary_prefix
from generator.problem import LeafletsError, refusal

LINK_FOUND = "this is a link, and what it leads to is no part of the campaign"
LINK_HINT = "delete the link; if you need what it leads to, copy that here"
NO_FILE = "this is no ordinary file"
NO_FILE_HINT = "put a plain file there, or delete it"
_LINE_END = re.compile(r"\n\Z")

# The end of a file that may end anywhere.
ANY_END = re.compile("")
# Files that `leaflets extract` joins by itself.
_SETTLED = (".po", ".pot", ".jsonl")
_MERGE_MARKERS = ("<<<<<<< ", "=======", ">>>>>>> ", "||||||| ")

# What a file says that tells no time: midnight of 1980-01-01, the first day that zips know.
_NO_TIME = 315_532_800

# The system tells the umask only by setting it, so it is asked once: of two threads that ask at
# the same moment, one would leave its own behind.
_UMASK = os.umask(0o077)
os.umask(_UMASK)

# The threads of this process that wait for a lock, by its file.
_QUEUES: defaultdict[Path, Lock] = defaultdict(Lock)
_HINTS = {
    IsADirectoryError: "a folder stands where a file should be: move it away",
    NotADirectoryError: "a file stands where a folder should be: move it away",
    FileNotFoundError: "check the name, or run the command in the campaign's folder",
    PermissionError: "you may not do that here: check who owns the file and its folder",
}


def file_error(path: Path, error: OSError, doing: str) -> LeafletsError:
    """Return a LeafletsError that says in words what the operating system answered."""
    again = "run the command again; nothing was half-written"
    hint = _HINTS.get(type(error), f"check the file and its folder, then {again}")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = f"the disk is full: free some space and {again}"
    return refusal("file", f"cannot {doing}: {error.strerror or error}", path, hint)


def read_bytes(path: Path, limit: int = 2_000_000) -> bytes:
    """Return the content of a file of at most `limit` bytes; raise LeafletsError with what to do.

    Pipes and devices are refused: whoever reads one may wait for ever.
    """
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise refusal("file-kind", NO_FILE, path, NO_FILE_HINT)
        if status.st_size > limit:
            what = f"{status.st_size} bytes, more than {limit}"
            raise refusal("file-size", what, path, "this is no file of this kind")
        return path.read_bytes()
    except OSError as error:
        raise file_error(path, error, "read") from None


def read_text(path: Path, limit: int = 2_000_000, whole: re.Pattern[str] = _LINE_END) -> str:
    """Return a UTF-8 file without byte order mark and with plain line ends.

    Raises LeafletsError with line and advice; a file at whose end `whole` is not found was cut off.
    """
    data = read_bytes(path, limit)
    backup = "get it back from git or a backup"
    if not data.strip():
        raise refusal("file-empty", "the file is empty", path, backup)
    if wide_encoding(data):
        what = "the file is UTF-16, two bytes a letter"
        hint = "save it as UTF-8 (in Notepad: Save as, Encoding UTF-8)"
        raise refusal("file-charset", what, f"{path}:1", hint)
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "open the file and save it as UTF-8"
        raise refusal("file-charset", "not UTF-8", f"{path}:{line}", hint) from None
    text = text.replace("\r\n", "\n")
    if not whole.search(text):
        what = "the last line has no end: the file may be cut off"
        hint = f"{backup}; if it is complete, press Enter at its end and save it"
        line = text.count("\n") + 1
        raise refusal("file-cut", what, f"{path}:{line}", hint)
    refuse_merge_marks(text, str(path))
    return text


def refuse_merge_marks(text: str, where: str) -> None:
    """Raise LeafletsError at the first line that a git merge or a damaged disk left behind."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(_MERGE_MARKERS) and (line.rstrip() == "=======" or " " in line):
            hint = "two versions were merged: keep one of them and delete the marker lines"
            if where.endswith(_SETTLED):
                hint = "two versions were merged: `leaflets extract` joins them, nothing is lost"
            raise refusal("file-merge", "a merge marker", f"{where}:{number}", hint)
        if "\0" in line:
            hint = "the file is damaged: get it back from git or a backup"
            raise refusal("file-damaged", "a NUL character", f"{where}:{number}", hint)


def write_file(path: Path, data: bytes | str, private: bool = False) -> bool:
    """Put `data` at `path` whole or not at all; return False if exactly that stood there.

    Temporary file beside it, fsync, replace: after a kill or on a full disk the old file is there.
    A private file is for its owner alone, whatever it was before. A link is refused, not followed.
    """
    data = data.encode() if isinstance(data, str) else data
    refuse_link(path)
    with suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            if private:
                path.chmod(0o600)
            return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        usual = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_UMASK
        _replace(path, data, 0o600 if private else usual)
    except OSError as error:
        raise file_error(path, error, "write") from None
    return True


def forget_time(path: Path) -> None:
    """Let a file that belongs to one person not tell when it was written; raise LeafletsError."""
    try:
        os.utime(path, (_NO_TIME, _NO_TIME))
    except OSError as error:
        raise file_error(path, error, "write") from None


def append_text(path: Path, data: str) -> None:
    """Add to the end of a file in its place; raise LeafletsError."""
    break_hard_link(path)
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(data)
    except OSError as error:
        raise file_error(path, error, "write") from None


def break_hard_link(path: Path) -> None:
    """Make sure that what is added to a file shows under no other name.

    Raises LeafletsError for a link.
    """
    refuse_link(path)
    try:
        if path.exists() and path.stat().st_nlink > 1:
            _replace(path, path.read_bytes(), path.stat().st_mode & 0o777)
    except OSError as error:
        raise file_error(path, error, "write") from None


def refuse_link(path: Path) -> None:
    """Raise LeafletsError for a link: what it leads to is no part of the campaign."""
    if path.is_symlink() or (hasattr(path, "is_junction") and path.is_junction()):
        raise refusal("link", LINK_FOUND, path, LINK_HINT)


def sync_folder(folder: Path) -> None:
    """Make sure that a name that came into a folder, or went, is on the disk."""
    # Windows opens no folder, and some file systems refuse; there it is the system's own care.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _replace(path: Path, data: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(prefix=temporary_prefix(), dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def make_private_folder(folder: Path) -> None:
    """Make a folder that its owner alone may enter; raise LeafletsError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise file_error(folder, error, "write") from None


def hold_lock(lock: Path) -> Callable[[], None] | None:
    """Lock a file until this process ends or calls what comes back; None if another holds it.

    Raises OSError.
    """
    from filelock import FileLock, Timeout

    found = FileLock(lock, timeout=0, thread_local=False)
    try:
        found.acquire()
    except Timeout:
        return None
    return found.release


@contextmanager
def _queue(lock: Path, seconds: float) -> Iterator[None]:
    """Let the threads of this process have a lock one after the other.

    With FileLock alone each of them would look again every 50 ms.
    """
    from filelock import Timeout

    queue = _QUEUES[lock]
    if not queue.acquire(timeout=seconds):
        raise Timeout(str(lock))
    try:
        yield
    finally:
        queue.release()


@contextmanager
def locked_folder(folder: Path, seconds: float = 30, deep: bool = True) -> Iterator[None]:
    """Hold the lock of `folder` while the block runs; raise LeafletsError if another has it.

    What killed writers left is swept first; not `deep` where folders below have their own locks.
    """
    from filelock import FileLock, Timeout

    lock = folder / ".leaflets.lock"
    refuse_link(lock)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _queue(lock, seconds), FileLock(lock, timeout=seconds):
            sweep_leftovers(folder, deep)
            yield
    except Timeout:
        hint = "another leaflets command is writing there: wait until it ends, then try again"
        raise refusal("locked", "somebody else is writing", folder, hint) from None
    except OSError as error:
        raise file_error(folder, error, "write") from None
