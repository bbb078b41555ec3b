"""One process at a time in a data folder, and a clear word for the second."""

from collections.abc import Iterator
from contextlib import contextmanager
from os import getpid
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import LockedError


@contextmanager
def hold(path: Path, doing: str) -> Iterator[None]:
    """Holds the lock file `path` while the block runs. `doing` says what the holder does ("building the index").

    Raises LockedError, naming the process that holds it, at once rather than after a wait. The lock is the operating
    system's: it is free again when its process has ended, however that came about.
    """
    lock = FileLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LockedError(_held_by(path)) from error
    except OSError as error:
        raise LockedError(f"The data folder {path.parent} cannot be written ({error.strerror or error}).") from error
    note = _note(path)
    try:
        note.write_text(f"{getpid()} {doing}", encoding="utf-8")
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def is_free(path: Path) -> bool:
    """Returns whether nobody holds the lock file just now."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return False
    lock.release()
    return True


def _note(path: Path) -> Path:
    # The lock file itself is emptied by whoever tries it, so the holder's name stands beside it.
    return path.with_suffix(".holder")


def _held_by(path: Path) -> str:
    try:
        pid, _, doing = _note(path).read_text(encoding="utf-8").partition(" ")
        holder = f"process {pid} ({doing})"
    except OSError:
        holder = "another process"
    return (
        f"The data folder {path.parent} is in use by {holder}. "
        "Stop that one first, or set TASTEMAKER_HOME to another folder."
    )
