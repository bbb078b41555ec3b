"""Loads the gold rows: utterances labelled by hand, from which the reader of utterances learns.

Rows from ReDial and INSPIRED are kept as ids, character offsets and labels; their text stays in
the data folder (its licence) and is joined to the labels here. INSPIRED marks no films, so the
titles shown so far are labels there. Written rows are kept whole.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from training.dialogues import Role, Turn, inspired_turns, marked_shown, redial_turns

GOLD = Path(__file__).parent / "gold"
HISTORY = 4
TRAIN_ENDS, DEV_ENDS = 0.7, 0.85
WORDS = {
    "intent": "recommend inform critique accept reject ask explain compare edit greet thanks bye help other",
    "kind": "item person genre keyword language country",
    "attitude": "like dislike seen want avoid about",
    "constraint": "year_min year_max runtime_min runtime_max count",
    "attribute": "director cast year genre runtime language country writer rating awards plot",
    "critique": "newer older shorter longer lighter darker better_known lesser_known different similar",
}
LABELS = {field: frozenset(words.split()) for field, words in WORDS.items()}


class GoldTurn(BaseModel):
    """One turn before the utterance."""

    role: Role
    text: str


class GoldMention(BaseModel):
    """One thing that the utterance names, as typed there."""

    text: str
    kind: str
    attitude: str


class GoldRow(BaseModel):
    """One utterance, what came before it, and its labels; `group` is what a split keeps whole."""

    model_config = ConfigDict(extra="forbid")

    id: str
    source: str
    group: str = ""
    history: list[GoldTurn] = []
    shown: list[str] = []
    utterance: str
    intent: list[str]
    mentions: list[GoldMention] = []
    constraints: dict[str, int] = {}
    reference: int | None = None
    attribute: str | None = None
    critique: list[str] = []


class Split(NamedTuple):
    """The three parts that share no group."""

    train: list[GoldRow]
    dev: list[GoldRow]
    held: list[GoldRow]


def join(labels: dict[str, Any], turns: list[Turn]) -> GoldRow:
    """Return the full row for one line of offsets and labels; raise IndexError past the end."""
    group, _, index = labels["id"].rpartition(":")
    source, at = group.partition(":")[0], int(index)
    text = turns[at].text
    mentions = [{**mention, "text": text[mention["start"] : mention["end"]]} for mention in labels.get("mentions", [])]
    shown = labels.get("shown", marked_shown(turns[:at]))
    history = [{"role": turn.role, "text": turn.text} for turn in turns[max(0, at - HISTORY) : at]]
    known = {"source": source, "group": group, "history": history, "shown": shown}
    return GoldRow.model_validate(labels | known | {"utterance": text, "mentions": mentions})


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines; nothing if there is no such file."""
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if line.strip())


def load_real(data_dir: Path, gold: Path = GOLD) -> list[GoldRow]:
    """Return the ReDial and INSPIRED rows with their text; raise KeyError for an unknown one."""
    dialogues = {
        f"redial:{dialogue['conversationId']}": redial_turns(dialogue)
        for dialogue in _lines(data_dir / "redial" / "train.jsonl")
    }
    inspired = data_dir / "inspired" / "train.json"
    for dialogue in json.loads(inspired.read_text("utf-8")) if inspired.exists() else []:
        dialogues[f"inspired:{dialogue['conv_id']}"] = inspired_turns(dialogue)
    labels = [*_lines(gold / "redial.jsonl"), *_lines(gold / "inspired.jsonl")]
    return [join(line, dialogues[line["id"].rpartition(":")[0]]) for line in labels]


def load_written(gold: Path = GOLD) -> list[GoldRow]:
    """Return the written rows, file by file; raise pydantic's ValidationError for a bad one."""
    paths = sorted((gold / "written").glob("*.jsonl"))
    return [GoldRow.model_validate(line) for path in paths for line in _lines(path)]


def _unknown(row: GoldRow) -> Iterator[str]:
    """Yield a sentence for each label that is none of its field."""
    used: dict[str, Iterable[str]] = {
        "intent": row.intent,
        "kind": [mention.kind for mention in row.mentions],
        "attitude": [mention.attitude for mention in row.mentions],
        "constraint": row.constraints,
        "attribute": [] if row.attribute is None else [row.attribute],
        "critique": row.critique,
    }
    for field, values in used.items():
        strange = [value for value in values if value not in LABELS[field]]
        yield from (f"has the unknown {field} {value!r}" for value in strange)


def faults(row: GoldRow) -> Iterator[str]:
    """Yield a sentence for each label of `row` that the labelling rules do not allow."""
    yield from _unknown(row)
    texts = [mention.text for mention in row.mentions]
    yield from (f"mentions {text!r}, not typed so" for text in texts if text not in row.utterance)
    asks = bool({"ask", "compare"} & set(row.intent))
    wrong = {
        "has no intent": not row.intent,
        "has an intent twice": len(set(row.intent)) < len(row.intent),
        "has a mention with nothing or blanks at its ends": any(t != t.strip() or not t for t in texts),
        "mentions a thing twice": len({text.lower() for text in texts}) < len(texts),
        "has an attribute but neither asks nor compares": row.attribute is not None and not asks,
        "lists a critique without the intent": bool(row.critique) and "critique" not in row.intent,
        f"has more than {HISTORY} turns of history": len(row.history) > HISTORY,
    }
    yield from (sentence for sentence, is_wrong in wrong.items() if is_wrong)


def check(row: GoldRow) -> None:
    """Return nothing for a sound row; raise ValueError with a sentence for a bad label."""
    for fault in faults(row):
        raise ValueError(f"Row {row.id} {fault}.")


def split(rows: Iterable[GoldRow]) -> Split:
    """Return the rows in three parts, about 70, 15 and 15 per cent, each group in one part only."""
    parts = Split([], [], [])
    for row in rows:
        place = hashlib.sha256((row.group or row.id).encode()).digest()[0] / 256
        parts[(place >= TRAIN_ENDS) + (place >= DEV_ENDS)].append(row)
    return parts
