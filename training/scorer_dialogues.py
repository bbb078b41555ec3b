"""ReDial's dialogues as rows: what was said and named before a recommender's turn, and what that turn names.

The standardised protocol (Kostric & Balog 2026): consecutive messages of one speaker are merged; a row is a turn of
the recommender that names a movie, after a context that is not empty.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

from kg.errors import CatalogueError

MOVIE = re.compile(r"@(\d+)")
_NAME = re.compile(r"^(?P<title>.*?)\s*(?:\((?P<year>\d{4})\))?\s*$")
Role = Literal["seeker", "recommender"]


@dataclass(frozen=True, slots=True)
class Said:
    """A turn of the context. `text` has movies as @id."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One decision of a recommender. Movies are ReDial ids.

    `named` are the movies of the context, in order, each mention once more; `targets` what the turn names.
    `disliked` are those of `named` that the seeker's form says they did not like (known for training only).
    """

    conversation: int
    turn: int
    worker: str
    context: tuple[Said, ...]
    named: tuple[str, ...]
    targets: tuple[str, ...]
    names: Mapping[str, str] = field(repr=False)
    disliked: frozenset[str] = frozenset()

    @property
    def fresh(self) -> tuple[str, ...]:
        """The targets that were not named before."""
        return tuple(target for target in self.targets if target not in self.named)


def title_and_year(name: str) -> tuple[str, int | None]:
    """Returns the parts of a ReDial name: "Titanic  (1997)" gives ("Titanic", 1997); "%3F" is a question mark."""
    match = _NAME.match(unquote(name).strip())
    assert match is not None
    return match["title"], int(match["year"]) if match["year"] else None


def read_lines(path: Path) -> Iterator[Any]:
    """Yields the objects of a JSON-lines file. Raises CatalogueError, naming file and line, when it cannot be read."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise CatalogueError(f"{path}, line {number}, is not JSON: {error}.") from error
    except OSError as error:
        raise CatalogueError(f"{path} cannot be read ({error.strerror}). Is --data right?") from error


def dialogue_rows(dialogues: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Returns the rows of dialogues in the official layout."""
    return [row for dialogue in dialogues for row in _rows(dialogue)]


def benchmark_row(record: Mapping[str, Any]) -> Row:
    """Returns the row of a line of a benchmark file. Its `response` is not read."""
    context = tuple(Said(said["role"], said["text"]) for said in record["context"])
    named = tuple(movie for said in context for movie in MOVIE.findall(said.text))
    return Row(
        conversation=int(record["conversationId"]),
        turn=int(record["turn"]),
        worker="",
        context=context,
        named=named,
        targets=tuple(record["targets"]),
        names={movie: record["names"][movie] for movie in named if movie in record["names"]},
    )


def sequences(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    """Returns (conversation, movies in order) of each line of `train_sequences.jsonl`."""
    return [
        (int(record["conversationId"]), tuple(item["movieId"] for item in record["items"]))
        for record in read_lines(path)
    ]


def named_in(dialogue: Mapping[str, Any]) -> dict[str, str]:
    """Returns the movies that a dialogue mentions, id to name; a few have no name in the data and are left out."""
    mentions: Mapping[str, str | None] = dialogue["movieMentions"] or {}
    return {movie: name for movie, name in mentions.items() if name}


def _rows(dialogue: Mapping[str, Any]) -> Iterator[Row]:
    forms = dialogue["initiatorQuestions"]
    # An empty form is an empty list in the official files.
    disliked = {movie for movie, form in forms.items() if form["liked"] == 0} if isinstance(forms, dict) else set()
    names = named_in(dialogue)
    context: list[Said] = []
    named: list[str] = []
    for turn, said in enumerate(_merged(dialogue)):
        targets = tuple(dict.fromkeys(movie for movie in MOVIE.findall(said.text) if movie in names))
        if said.role == "recommender" and context and targets:
            yield Row(
                conversation=int(dialogue["conversationId"]),
                turn=turn,
                worker=str(dialogue["respondentWorkerId"]),
                context=tuple(context),
                named=tuple(named),
                targets=targets,
                names=names,
                disliked=frozenset(disliked.intersection(named)),
            )
        context.append(said)
        named += [movie for movie in MOVIE.findall(said.text) if movie in names]


def _merged(dialogue: Mapping[str, Any]) -> list[Said]:
    turns: list[Said] = []
    for message in dialogue["messages"]:
        role: Role = "seeker" if message["senderWorkerId"] == dialogue["initiatorWorkerId"] else "recommender"
        if turns and turns[-1].role == role:
            turns[-1] = Said(role, f"{turns[-1].text} {message['text']}")
        else:
            turns.append(Said(role, message["text"]))
    return turns
