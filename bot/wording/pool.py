"""The wordings that a model has written, kept between runs: at most so many a shape, in one JSON file."""

import json
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import structlog
from pydantic import TypeAdapter, ValidationError

from bot.wording.shapes import Shape

log = structlog.get_logger(__name__)
MOST = 24
"""Wordings kept of a shape; a new one beyond them takes the oldest one's place."""
Check = Callable[[str, Shape], bool]
_FILE = TypeAdapter(dict[str, list[str]])


class Pool:
    """Wordings by shape. Thread-safe. What is read from the file is checked like what was just written."""

    def __init__(self, path: Path | None, check: Check, most: int = MOST) -> None:
        """`path` is the file (None: nothing is kept); one that cannot be read is begun anew."""
        self._path, self._check, self._most = path, check, most
        self._kept = _read(path) if path else {}
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

    def save(self) -> None:
        """Writes the file if there is something new; a folder that cannot be written to costs the memory alone."""
        with self._lock:
            if not self._path or not self._unsaved:
                return
            whole, self._unsaved = json.dumps(self._kept, ensure_ascii=False, indent=0), False
        beside = self._path.with_suffix(f".{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(whole, "utf-8")
            beside.replace(self._path)
        except OSError as error:
            log.warning("wording.unsaved", reason=error.strerror)


def _read(path: Path) -> dict[str, list[str]]:
    try:
        return _FILE.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as error:
        log.warning("wording.unread", reason=type(error).__name__)
        return {}
