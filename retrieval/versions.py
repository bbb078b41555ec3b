"""The scorers of one data folder: which one serves, which one is only watched, and the way back.

Each version is a folder with all its weights and its card. What serves is named in one small file that is replaced at
once, so that a reader sees the old or the new state and never half of one.
"""

import json
import os
import shutil
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from kg.errors import ModelError
from retrieval.scorer import WEIGHTS

FOLDER, STATE_FILE, CARD_FILE, VERDICT_FILE = "scorer", "serving.json", "MODEL_CARD.md", "verdict"
PASSED, REFUSED = "passed its gate", "refused by its gate"
SHIPPED = "shipped"
_UNWRITABLE = "{} cannot be written ({}). Free some space, or check the rights of the data folder."


@dataclass(frozen=True, slots=True)
class Serving:
    """Names of versions. `before` are those that served earlier, the latest last; None is no version."""

    current: str = SHIPPED
    shadow: str | None = None
    before: tuple[str, ...] = ()


class Versions:
    """The versions of a data folder. The one named `shipped` is the project's own and always there."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    @property
    def names(self) -> list[str]:
        """The names, the oldest first, `shipped` before all."""
        made = [path for path in self._folder.glob("*") if path.is_dir() and not path.name.startswith(".")]
        return [SHIPPED, *(path.name for path in sorted(made, key=lambda path: (path.stat().st_mtime_ns, path.name)))]

    @property
    def serving(self) -> Serving:
        """What serves now. Raises ModelError when the file that says so is damaged."""
        path = self._folder / STATE_FILE
        try:
            state = json.loads(path.read_text(encoding="utf-8"))
            return Serving(state["current"], state["shadow"], tuple(state["before"]))
        except FileNotFoundError:
            return Serving()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"{path} does not say which scorer serves ({error}). Delete it to go back to the shipped one."
            ) from error

    def folder(self, name: str) -> Path:
        """Returns the folder of a version. Raises ModelError for an unknown name."""
        if name not in self.names:
            raise ModelError(f"There is no scorer named '{name}'. `tastemaker model list` names them all.")
        return WEIGHTS if name == SHIPPED else self._folder / name

    def verdict(self, name: str) -> str:
        """Returns what the gate said of a version; "" where none was asked."""
        path = self.folder(name) / VERDICT_FILE
        return path.read_text(encoding="utf-8").strip() if path.is_file() else ""

    def staging(self) -> Path:
        """Returns an empty folder for a version that is being made; nothing lists it until it is added."""
        folder = self._folder / f".{os.getpid()}"
        shutil.rmtree(folder, ignore_errors=True)
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise ModelError(_UNWRITABLE.format(folder, error.strerror)) from error
        return folder

    def add(self, staged: Path, card: str, passed: bool | None = None) -> str:
        """Takes a finished folder in under the next free name, with its card and what its gate said, if one was asked.

        Returns the name; it does not serve yet. Raises ModelError when it cannot be written.
        """
        taken = [int(name[1:]) for name in self.names if name[:1] == "v" and name[1:].isdigit()]
        name = f"v{max(taken, default=0) + 1}"
        try:
            (staged / CARD_FILE).write_text(card, encoding="utf-8")
            if passed is not None:
                (staged / VERDICT_FILE).write_text(PASSED if passed else REFUSED, encoding="utf-8")
            os.replace(staged, self._folder / name)
        except OSError as error:
            raise ModelError(_UNWRITABLE.format(self._folder, error.strerror)) from error
        return name

    def promote(self, name: str) -> Serving:
        """Lets a version serve; what served before can be had back. Raises ModelError for an unknown name."""
        self.folder(name)
        now = self.serving
        if name == now.current:
            return now
        shadow = None if now.shadow == name else now.shadow
        return self._write(Serving(name, shadow, (*now.before, now.current)))

    def rollback(self) -> Serving:
        """Lets what served before serve again. Raises ModelError where nothing did."""
        now = self.serving
        if not now.before:
            raise ModelError("Nothing served before: there is no earlier scorer to go back to.")
        self.folder(now.before[-1])
        return self._write(replace(now, current=now.before[-1], before=now.before[:-1]))

    def watch(self, name: str | None) -> Serving:
        """Lets a version score beside the one that serves, without being shown; None ends it."""
        if name is not None:
            self.folder(name)
        return self._write(replace(self.serving, shadow=name))

    def _write(self, serving: Serving) -> Serving:
        aside = self._folder / f".{STATE_FILE}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps(asdict(serving)), encoding="utf-8")
            os.replace(aside, self._folder / STATE_FILE)
        except OSError as error:
            raise ModelError(_UNWRITABLE.format(self._folder, error.strerror)) from error
        return serving
