"""The wordings that a model has written, kept between runs: at most so many a shape, in one JSON file."""

import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import structlog
from pydantic import BaseModel, ValidationError

from bot.wording.shapes import Shape

log = structlog.get_logger(__name__)
MOST = 24
"""Wordings kept of a shape; a new one beyond them takes the oldest one's place."""
Check = Callable[[str, Shape], bool]


class _Kept(BaseModel):
    """The file: the wordings of each shape, and of how many it was found that more cannot be had."""

    wordings: dict[str, list[str]] = {}
    all_there_are: dict[str, int] = {}


class Pool:
    """Wordings by shape. Thread-safe. What is read from the file is checked like what was just written."""

    def __init__(self, path: Path | None, check: Check, most: int = MOST) -> None:
        """`path` is the file (None: nothing is kept); one that cannot be read is begun anew."""
        self._path, self._check, self._most = path, check, most
        kept = _read(path) if path else _Kept()
        self._kept, self._all_there_are = kept.wordings, kept.all_there_are
        self._checked: set[str] = set()
        self._unsaved = False
        self._lock = threading.Lock()

    def of(self, shape: Shape) -> tuple[str, ...]:
        """Returns the wordings of a shape, the oldest first."""
        with self._lock:
            if shape.key not in self._checked:
                self._kept[shape.key] = [text for text in self._kept.get(shape.key, []) if self._check(text, shape)]
                self._checked.add(shape.key)
            return tuple(self._kept[shape.key])

    def add(self, shape: Shape, texts: Iterable[str]) -> int:
        """Keeps the sound ones of the texts; returns how many are new."""
        held = self.of(shape)
        new = [text for text in dict.fromkeys(texts) if text not in held and self._check(text, shape)]
        with self._lock:
            self._kept[shape.key] = [*held, *new][-self._most :]
            self._unsaved = self._unsaved or bool(new)
        return len(new)

    def exhaust(self, shape: Shape) -> None:
        """Notes that no more wordings of a shape can be had than there are."""
        held = len(self.of(shape))
        with self._lock:
            self._all_there_are[shape.key] = held
            self._unsaved = True

    def is_exhausted(self, shape: Shape) -> bool:
        """Returns whether that was noted, and none was turned away since."""
        held = len(self.of(shape))
        return held >= self._all_there_are.get(shape.key, held + 1)

    def save(self) -> None:
        """Writes the file if there is something new; a folder that cannot be written to costs the memory alone."""
        with self._lock:
            if not self._path or not self._unsaved:
                return
            kept = _Kept(wordings=self._kept, all_there_are=self._all_there_are)
            whole, self._unsaved = kept.model_dump_json(indent=0), False
        beside = self._path.with_suffix(f".{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(whole, "utf-8")
            beside.replace(self._path)
        except OSError as error:
            log.warning("wording.unsaved", reason=error.strerror)


def _read(path: Path) -> _Kept:
    try:
        return _Kept.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return _Kept()
    except (OSError, ValidationError) as error:
        log.warning("wording.unread", reason=type(error).__name__)
        return _Kept()
