"""Keeping an imported history as taste events, so that every talk of the user starts with it.

Importing the same file again adds nothing; a newer export adds what is new or rated otherwise. What a person said in a
talk is worth more than what a file says: a like or dislike that was said stays, and what was forgotten since stays
forgotten, unless everything was.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.folding import undone_turns
from bot.history.preferences import Report, preferences_of
from bot.history.reading import read_history
from bot.history.types import History
from bot.settings import Settings
from bot.store import LoggedEvent, Store
from bot.taste import Forgot, Preference, Preferred, TasteEvent
from kg.catalogue import Catalogue
from kg.linking import Linker
from retrieval.index import current_index, folder_of

TALK_PREFIX = "history-"


@dataclass(frozen=True, slots=True)
class Imported:
    """The report, and how many of the matched films were news."""

    user: str
    report: Report
    added: int
    dry_run: bool

    def lines(self) -> list[str]:
        """Returns the account for people."""
        known = self.report.matched - self.added
        end = f"{self.user}'s taste: {self.added:,} {'would be added' if self.dry_run else 'added'}"
        return [*self.report.lines(), end + (f", {known:,} known already" if known else "")]


def import_history(
    store: Store, user: str, history: History, catalogue: Catalogue, linker: Linker, *, dry_run: bool = False
) -> Imported:
    """Adds a history to the taste of a user, in one transaction, and returns the account of it.

    With `dry_run` nothing is written. Raises StoreError when the database refuses; then nothing was added.
    """
    preferences, report = preferences_of(history, catalogue, linker)
    talk = talk_of(user, history)
    news = news_of(preferences, store.events(user), talk)
    if news and not dry_run:
        store.append(talk, user, [Preferred(p.turn, p) for p in news])
    return Imported(user, report, len(news), dry_run)


def import_file(path: Path, settings: Settings, user: str, *, dry_run: bool = False) -> Imported:
    """Imports a file for a user with the catalogue in use; the index is not locked, so the chat may be running.

    Raises HistoryError for the file, IndexNotReadyError or CatalogueError for the catalogue, StoreError.
    """
    history = read_history(path)
    catalogue = Catalogue.load(folder_of(settings.home, current_index(settings.home)) / "items.jsonl")
    store = Store(settings.database)
    try:
        return import_history(store, user, history, catalogue, Linker(catalogue), dry_run=dry_run)
    finally:
        store.close()


def talk_of(user: str, history: History) -> str:
    """Returns the id under which the events of this file are kept: the same for the same content and user."""
    return TALK_PREFIX + hashlib.sha256(f"{user}\0{history.digest}".encode()).hexdigest()[:32]


@dataclass(slots=True)
class _Held:
    """What holds of each key: as last imported, and as last said; and which file brought which key."""

    imported: dict[str, Preference] = field(default_factory=dict)
    brought: set[tuple[str, str]] = field(default_factory=set)
    said: dict[str, Preference] = field(default_factory=dict)


def news_of(preferences: Iterable[Preference], logged: Sequence[LoggedEvent], talk: str) -> list[Preference]:
    """Returns the preferences that the user's log does not hold yet, in their order. Pure.

    `talk` is the one of the file: what it brought before is no news, even where another file said otherwise since.
    """
    held = _held(logged)
    return [
        p
        for p in preferences
        if (talk, p.key) not in held.brought and _is_news(p, held.imported.get(p.key), held.said.get(p.key))
    ]


def _is_news(preference: Preference, imported: Preference | None, said: Preference | None) -> bool:
    if imported and (imported.attitude, imported.strength) == (preference.attitude, preference.strength):
        return False
    if preference.attitude == "want":
        return imported is None and said is None
    if imported and imported.attitude != "want" and preference.attitude == "seen" and preference.strength == 1.0:
        return False  # that it was watched is known, and nothing is said of how it was liked
    if said is None or said.attitude in ("want", "about"):
        return True
    return said.attitude == "seen" and preference.attitude in ("like", "dislike")


def _held(logged: Sequence[LoggedEvent]) -> _Held:
    held = _Held()
    for talk, event in _standing(logged):
        if isinstance(event, Forgot):
            for key in event.keys:
                held.said.pop(key, None)
            if not event.keys:
                held = _Held()
        elif event.preference.scope == "always":
            is_import = talk.startswith(TALK_PREFIX)
            (held.imported if is_import else held.said)[event.preference.key] = event.preference
            held.brought |= {(talk, event.preference.key)} if is_import else set()
    return held


def _standing(logged: Sequence[LoggedEvent]) -> Iterator[tuple[str, Preferred | Forgot]]:
    """Yields the talks and events that were not undone; a turn is one of its own talk."""
    by_talk: defaultdict[str, list[TasteEvent]] = defaultdict(list)
    for entry in logged:
        by_talk[entry.talk].append(entry.event)
    undone = {(talk, turn) for talk, events in by_talk.items() for turn in undone_turns(events)}
    for entry in logged:
        if isinstance(entry.event, Preferred | Forgot) and (entry.talk, entry.event.turn) not in undone:
            yield entry.talk, entry.event
