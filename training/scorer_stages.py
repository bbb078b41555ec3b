"""Finished stages of a training run, kept in a folder, so that a run that was killed goes on where it was.

A stage is kept under the fingerprint of all that it depends on (data, recipes, features and the code itself), so a
file of other data or older code is never taken for it.
"""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import structlog

from kg.errors import StoreError

log = structlog.get_logger(__name__)
PROJECT = Path(__file__).resolve().parent.parent
# A change of any of these may change what a stage would hold.
CODE = ("retrieval/*.py", "training/scorer*.py", "kg/text.py", "kg/items.py", "kg/series.py")
T = TypeVar("T")


@dataclass(frozen=True)
class Stages:
    """A folder of finished stages; without a folder nothing is kept."""

    folder: Path | None = None
    key: str = ""

    @staticmethod
    def of(folder: Path, files: Iterable[Path], *parts: object) -> "Stages":
        """Returns the stages of a run that reads `files` and depends on `parts` (by their `repr`)."""
        digest = hashlib.sha256()
        code = sorted(path for pattern in CODE for path in PROJECT.glob(pattern))
        for path in (*code, *files):
            digest.update(path.read_bytes() if path.is_file() else b"")
        digest.update(repr(parts).encode())
        return Stages(folder, digest.hexdigest()[:12])

    def kept(self, name: str, make: Callable[[], T], *parts: object) -> T:
        """Returns what the stage holds: as it was kept, or made now. Raises StoreError when it cannot be written.

        `parts` are what this stage alone depends on. A file that a crash left damaged is made anew.
        """
        if self.folder is None:
            return make()
        own = f"-{hashlib.sha256(repr(parts).encode()).hexdigest()[:8]}" if parts else ""
        path = self.folder / f"{name}{own}-{self.key}.pickle"
        try:
            found: T = pickle.loads(path.read_bytes())
        except FileNotFoundError:
            found = make()
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            log.warning("a stage is damaged and is made anew", file=path.name, why=str(error))
            found = make()
        else:
            log.info("kept from an earlier run", stage=name)
            return found
        _write(path, found)
        return found


NOTHING_KEPT = Stages()


def _write(path: Path, value: object) -> None:
    fresh = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))
        os.replace(fresh, path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}); choose another folder by --work.") from error
