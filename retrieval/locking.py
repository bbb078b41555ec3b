"""Who may be in a data folder at once, and a clear word for whoever may not."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from os import getpid
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import LockedError


@contextmanager
def hold(path: Path, doing: str, *, shared: bool = False) -> Iterator[None]:
    """Holds the lock file `path` while the block runs. `doing` says what the holder does ("building the index").

    A `shared` holder lets other shared ones in, except on Windows. Raises LockedError, naming the process that holds
    it, at once rather than after a wait. The lock is the operating system's: it is free again when its process has
    ended, however that came about.
    """
    with ExitStack() as held:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            held.enter_context(_lock(path, shared))
        except (Timeout, BlockingIOError) as error:
            raise LockedError(_held_by(path)) from error
        except OSError as error:
            reason = error.strerror or error
            raise LockedError(f"The data folder {path.parent} cannot be written ({reason}).") from error
        note = _note(path)
        held.callback(note.unlink, missing_ok=True)
        note.write_text(f"{getpid()} {doing}", encoding="utf-8")
        yield


def is_free(path: Path, *, shared: bool = False) -> bool:
    """Returns whether the lock file could be held just now."""
    try:
        with _lock(path, shared):
            return True
    except (Timeout, OSError):
        return False


def _lock(path: Path, shared: bool) -> AbstractContextManager[object]:
    return _shared(path) if shared and sys.platform != "win32" else FileLock(path, timeout=0)


@contextmanager
def _shared(path: Path) -> Iterator[None]:
    """The lock that `FileLock` takes on Unix, shared."""
    import fcntl  # noqa: PLC0415  # not on Windows

    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield


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
        "Stop that one first, or set TASTEMAKER_HOME to another folder. With CHROMA_URL set, several can share one."
    )
