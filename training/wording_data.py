"""The wordings written by hand that the model learns from: `training/wording/LANGUAGE.jsonl`, one a line."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.wording.shapes import Shape, shape_of

FOLDER = Path(__file__).parent / "wording"


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence with placeholders for a shape."""

    shape: Shape
    text: str


def load_written(folder: Path = FOLDER) -> list[Written]:
    """Returns all rows, languages in the order of their files' names. Raises KeyError for a row without a field."""
    return [
        _row(path.stem, json.loads(line))
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]


def _row(language: str, row: dict[str, Any]) -> Written:
    shape = shape_of(language, row["kind"], row["relation"], 2 if row["many"] else 1, row["films"])
    return Written(shape, row["text"])
