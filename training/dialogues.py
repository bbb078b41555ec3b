"""Renders the ReDial and INSPIRED dialogues as turns, the same way every time.

Offsets in `training/gold` count characters of these turns: change nothing here without
moving the offsets too.
"""

import re
from typing import Any, Literal, NamedTuple

Role = Literal["user", "bot"]


class Turn(NamedTuple):
    """All that one speaker says before the other answers, and the titles marked in it."""

    role: Role
    text: str
    titles: tuple[str, ...] = ()


def squeeze(text: str) -> str:
    """Return `text` with every run of white space as one blank, none at the ends."""
    return " ".join(text.split())


def redial_turns(dialogue: dict[str, Any]) -> list[Turn]:
    """Return the turns of one ReDial dialogue; raise KeyError if it lacks a field."""
    films = dict(dialogue["movieMentions"])
    names = {key: squeeze(name) for key, name in films.items() if name}
    merged: list[tuple[Role, str]] = []
    for message in dialogue["messages"]:
        seeker = message["senderWorkerId"] == dialogue["initiatorWorkerId"]
        role: Role = "user" if seeker else "bot"
        before = merged.pop()[1] if merged and merged[-1][0] == role else ""
        merged.append((role, f"{before} {message['text']}"))
    return [_name_films(role, text, names) for role, text in merged]


def _name_films(role: Role, text: str, names: dict[str, str]) -> Turn:
    """Return the turn with "@id" replaced by the film's name; an unknown id stays as it is."""
    titles = tuple(names[key] for key in re.findall(r"@(\d+)", text) if key in names)
    named = re.sub(r"@(\d+)", lambda match: names.get(match[1], match[0]), text)
    return Turn(role, squeeze(named), titles)


def inspired_turns(dialogue: dict[str, Any]) -> list[Turn]:
    """Return the turns of one INSPIRED dialogue, without its strategy tags, no titles marked.

    Raise KeyError if it lacks a field.
    """
    turns = []
    for line in dialogue["dialog"]:
        speaker, _, text = line.partition(":")
        clean = squeeze(re.sub(r"<[a-z_-]+>", " ", text))
        turns.append(Turn("user" if speaker == "SEEKER" else "bot", clean))
    return turns


def marked_shown(turns: list[Turn]) -> list[str]:
    """Return the titles that the bot was the first to name, oldest first."""
    first: dict[str, Role] = {}
    for turn in turns:
        for title in turn.titles:
            first.setdefault(title, turn.role)
    return [title for title, role in first.items() if role == "bot"]
