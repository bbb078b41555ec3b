"""A history → preferences about items of the catalogue, and an account of what became of its rows. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.history.attitudes import attitude_of, shift_of
from bot.history.matching import Matcher
from bot.history.types import BadRow, History, Watched
from bot.taste import Preference
from bot.understanding.types import Attitude
from kg.catalogue import Catalogue
from kg.items import Item
from kg.linking import Linker

IMPORTED = -1
"""The turn of what no talk said: no `undo` of a talk names it."""
_SHOWN = 10
_WEIGHT: Mapping[Attitude, int] = {"seen": 0, "want": 1, "dislike": 2, "like": 3}


@dataclass(frozen=True, slots=True)
class Report:
    """What reading and matching did. `unmatched` are films that the catalogue has not, or not for sure, as labels."""

    name: str
    sources: tuple[str, ...]
    read: int
    not_films: int
    matched: int
    attitudes: Mapping[Attitude, int] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()
    bad: tuple[BadRow, ...] = ()

    def lines(self) -> list[str]:
        """Returns the account for people, the first ten of long lists."""
        kinds = ", ".join(f"{count:,} {attitude}" for attitude, count in self.attitudes.items())
        found = [f"{self.name}: read {self.read:,} rows", *(f"  as {source}" for source in self.sources)]
        if self.not_films:
            found.append(f"left out {self.not_films:,} rows of series, episodes and games")
        found.append(f"matched {self.matched:,} films" + (f": {kinds}" if kinds else ""))
        found += _listed("films that are not in the catalogue, or not for sure", self.unmatched)
        return found + _listed("cells or rows that could not be read", [str(row) for row in self.bad])


def preferences_of(history: History, catalogue: Catalogue, linker: Linker) -> tuple[list[Preference], Report]:
    """Returns one lasting preference for each film that was matched, and the report.

    Rows of one film are merged: the latest rating, a heart from any, watched before wanted. The order is that of
    weight: what was seen, wanted, disliked, liked, and among the liked the best and latest last, for suggestions start
    from the last ones.
    """
    matcher = Matcher(catalogue, linker)
    films: dict[str, tuple[Item, Watched]] = {}
    unmatched: dict[str, None] = {}
    for row in history.watched:
        item = matcher.match(row)
        if item is None:
            unmatched[f"{row.title or row.imdb_id} ({row.year})" if row.year else row.title or row.imdb_id] = None
        else:
            known = films.get(item.id)
            films[item.id] = (item, merged(known[1], row) if known else row)
    shift = shift_of([row.rating for _, row in films.values() if row.rating is not None])
    dated = [(_preference(item, row, shift, history.name), row.date or date.min) for item, row in films.values()]
    dated.sort(key=lambda pair: (_WEIGHT[pair[0].attitude], pair[0].strength, pair[1], pair[0].key))
    preferences = [preference for preference, _ in dated]
    counts = Counter(preference.attitude for preference in reversed(preferences))
    report = Report(
        history.name,
        history.sources,
        history.read,
        history.not_films,
        len(preferences),
        dict(counts),
        tuple(unmatched),
        history.bad,
    )
    return preferences, report


def merged(first: Watched, second: Watched) -> Watched:
    """Returns two rows of one film as one; `second` stands later in the file."""
    early, late = sorted((first, second), key=lambda row: row.date or date.min)
    return replace(
        late,
        rating=early.rating if late.rating is None else late.rating,
        liked=first.liked or second.liked,
        wanted=first.wanted and second.wanted,
    )


def _preference(item: Item, row: Watched, shift: float, name: str) -> Preference:
    attitude, strength = attitude_of(row.rating, row.liked, row.wanted, shift)
    return Preference(
        text=row.title or item.title,
        kind="item",
        attitude=attitude,
        entity=item.id,
        utterance=f"imported from {name}: {_said(row)}",
        turn=IMPORTED,
        strength=strength,
        hard=attitude == "dislike",
        scope="always",
    )


def _said(row: Watched) -> str:
    if row.liked:
        return "a favourite"
    if row.wanted:
        return "on the watchlist"
    return "watched" if row.rating is None else f"rated {row.rating:.0%}"


def _listed(what: str, entries: Sequence[str]) -> list[str]:
    if not entries:
        return []
    more = [f"  … and {len(entries) - _SHOWN:,} more"] if len(entries) > _SHOWN else []
    return [f"{len(entries):,} {what}:", *(f"  {entry}" for entry in entries[:_SHOWN]), *more]
