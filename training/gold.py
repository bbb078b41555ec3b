"""Loads the gold rows: utterances labelled by hand, from which the reader of utterances learns.

Rows from ReDial and INSPIRED are kept as ids, character offsets and labels; their text stays in
the data folder (its licence) and is joined to the labels here. Written rows are kept whole.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

GOLD = Path(__file__).parent / "gold"
HISTORY = 4
LABELS = {
    "intent": frozenset(
        "recommend inform critique accept reject ask explain compare edit "
        "greet thanks bye help other".split()
    ),
    "kind": frozenset("item person genre keyword language country".split()),
    "attitude": frozenset("like dislike seen want avoid about".split()),
    "constraint": frozenset("year_min year_max runtime_min runtime_max count".split()),
    "attribute": frozenset(
        "director cast year genre runtime language country writer rating awards plot".split()
    ),
    "critique": frozenset(
        "newer older shorter longer lighter darker better_known lesser_known "
        "different similar".split()
    ),
}


class GoldTurn(BaseModel):
    """One turn before the utterance."""

    role: Literal["user", "bot"]
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


class Turn(NamedTuple):
    """All that one speaker says before the other answers, with the titles marked in it."""

    role: Literal["user", "bot"]
    text: str
    titles: tuple[str, ...] = ()


class Split(NamedTuple):
    """The three parts that share no group."""

    train: list[GoldRow]
    dev: list[GoldRow]
    held: list[GoldRow]


def squeeze(text: str) -> str:
    """Return `text` with every run of white space as one blank, none at the ends."""
    return " ".join(text.split())


def redial_turns(dialogue: dict[str, Any]) -> list[Turn]:
    """Return the turns of one ReDial dialogue; raise KeyError if it lacks a field."""
    names = {key: squeeze(name) for key, name in dict(dialogue["movieMentions"]).items() if name}
    merged: list[tuple[Literal["user", "bot"], str]] = []
    for message in dialogue["messages"]:
        seeker = message["senderWorkerId"] == dialogue["initiatorWorkerId"]
        role: Literal["user", "bot"] = "user" if seeker else "bot"
        before = merged.pop()[1] if merged and merged[-1][0] == role else ""
        merged.append((role, f"{before} {message['text']}"))
    return [_name_films(role, text, names) for role, text in merged]


def _name_films(role: Literal["user", "bot"], text: str, names: dict[str, str]) -> Turn:
    """Return the turn with "@id" replaced by the film's name; an unknown id stays as it is."""
    titles = tuple(names[key] for key in re.findall(r"@(\d+)", text) if key in names)
    named = re.sub(r"@(\d+)", lambda match: names.get(match[1], match[0]), text)
    return Turn(role, squeeze(named), titles)


def inspired_turns(dialogue: dict[str, Any]) -> list[Turn]:
    """Return the turns of one INSPIRED dialogue, without the strategy tags, titles not marked."""
    turns = []
    for line in dialogue["dialog"]:
        speaker, _, text = line.partition(":")
        clean = squeeze(re.sub(r"<[a-z_]+>", " ", text))
        turns.append(Turn("user" if speaker == "SEEKER" else "bot", clean))
    return turns


def marked_shown(turns: list[Turn]) -> list[str]:
    """Return the titles that the bot was the first to name, oldest first."""
    first: dict[str, str] = {}
    for turn in turns:
        for title in turn.titles:
            first.setdefault(title, turn.role)
    return [title for title, role in first.items() if role == "bot"]


def spanned_shown(spans: list[dict[str, Any]], turns: list[Turn]) -> list[str]:
    """Return the titles that `spans` (turn, start, end, year) cut out of `turns`."""
    shown = []
    for span in spans:
        title = turns[span["turn"]].text[span["start"] : span["end"]]
        shown.append(f"{title} ({span['year']})" if span.get("year") else title)
    return shown


def join(labels: dict[str, Any], turns: list[Turn]) -> GoldRow:
    """Return the full row for one line of offsets and labels; raise IndexError past the end."""
    source, dialogue, index = labels["id"].split(":")
    at = int(index)
    text = turns[at].text
    mentions = [
        {**mention, "text": text[mention["start"] : mention["end"]]}
        for mention in labels.get("mentions", [])
    ]
    spans = labels.get("shown")
    shown = marked_shown(turns[:at]) if spans is None else spanned_shown(spans, turns)
    history = [{"role": turn.role, "text": turn.text} for turn in turns[max(0, at - HISTORY) : at]]
    known = {"source": source, "group": f"{source}:{dialogue}", "history": history, "shown": shown}
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


def faults(row: GoldRow) -> Iterator[str]:
    """Yield a sentence for each label of `row` that the labelling rules do not allow."""
    used: list[tuple[str, Iterable[str]]] = [
        ("intent", row.intent),
        ("kind", [mention.kind for mention in row.mentions]),
        ("attitude", [mention.attitude for mention in row.mentions]),
        ("constraint", row.constraints),
        ("attribute", [row.attribute] if row.attribute is not None else []),
        ("critique", row.critique),
    ]
    for field, values in used:
        yield from (f"has the unknown {field} {value!r}" for value in values if value not in LABELS[field])
    texts = [mention.text for mention in row.mentions]
    yield from (f"mentions {text!r}, not typed so" for text in texts if text not in row.utterance)
    wrong = {
        "has no intent": not row.intent,
        "has an intent twice": len(set(row.intent)) < len(row.intent),
        "has an empty mention": any(text != text.strip() or not text for text in texts),
        "mentions a thing twice": len({text.lower() for text in texts}) < len(texts),
        "has an attribute but neither asks nor compares": row.attribute is not None
        and not {"ask", "compare"} & set(row.intent),
        "has critique values without the intent": bool(row.critique) and "critique" not in row.intent,
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
        parts[0 if place < 0.7 else 1 if place < 0.85 else 2].append(row)
    return parts
