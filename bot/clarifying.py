"""Items of one title: what tells them apart, and the answer to "Crash: 1996 or 2004?". Pure.

A year, a place or a name picks one of the items asked about.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.phrases import Phrases
from bot.references import places_said
from bot.understanding.types import Constraints, Mention, Understanding
from kg.items import Item, edges_of

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_OLDER = re.compile(r"\b(?:older|oldest|earlier|earliest)\b|[早老旧]的?那|最[早老旧]", re.IGNORECASE)
_NEWER = re.compile(r"\b(?:newer|newest|latest|more recent|most recent)\b|[新晚]的?那|最[新晚]", re.IGNORECASE)
_FORMER = re.compile(r"\bformer\b|前者|前一", re.IGNORECASE)
_LATTER = re.compile(r"\blatter\b|后者|后一", re.IGNORECASE)
_NUMBER = re.compile(r"\W*(\d{1,2})\W*")  # the whole utterance
_FEW = 5  # words of an answer that may name a maker by one word in any case
_SHORT = 60


def told_apart(items: Sequence[Item], phrases: Phrases) -> list[str]:
    """Returns a few words for each item that no other one of them has: its year, its makers, else its number."""
    years = [str(item.year or "") for item in items]
    makers = [phrases.join(list(item.makers[:2])) for item in items]
    numbers = [str(number) for number in range(1, len(items) + 1)]
    return next(words for words in (years, makers, numbers) if all(words) and len(set(words)) == len(words))


def clarified(
    understanding: Understanding, utterance: str, choices: Sequence[str], find: Callable[[str], Item | None]
) -> Understanding:
    """Returns the understanding with the chosen film as a liked mention; unchanged when nothing was chosen."""
    chosen = _chosen(utterance, [item for id_ in choices if (item := find(id_))])
    if len(choices) < 2 or len(utterance) > _SHORT or chosen is None:
        return understanding
    own = {f"person:{name}" for name in _names_of(chosen)}  # who was named to choose by is not what is liked
    rest = tuple(replace(m, rivals=()) for m in understanding.mentions if m.kind != "item" and m.entity not in own)
    liked = Mention(chosen.title, "item", "like", chosen.id, source="history")
    return replace(
        understanding,
        intent="inform",
        intents=("inform",),
        mentions=(liked, *rest),
        constraints=Constraints(count=understanding.constraints.count),
        reference=None,
        critique=(),
        sources={**understanding.sources, "intent": "history", "mentions": "history"},
    )


def _chosen(utterance: str, items: Sequence[Item]) -> Item | None:
    if not items:
        return None
    years = {int(year) for year in _YEAR.findall(utterance)}
    ways = [
        [item for item in items if item.year in years],
        _by_age(utterance, items),
        _by_place(utterance, items),
    ]
    if _of_one_title(items):  # else it was another question, and a bare number is of the list that was shown
        ways += [_by_number(utterance, items), _by_name(utterance, items)]
    return next((found[0] for found in ways if len(found) == 1), None)


def _by_age(utterance: str, items: Sequence[Item]) -> list[Item]:
    years = [item.year for item in items if item.year]
    ends = [end(years) for end, said in ((min, _OLDER), (max, _NEWER)) if years and said.search(utterance)]
    return [item for item in items if item.year in ends]


def _by_place(utterance: str, items: Sequence[Item]) -> list[Item]:
    either = [place for place, said in ((1, _FORMER), (-1, _LATTER)) if said.search(utterance)]
    places = {len(items) if place == -1 else place for place in (*places_said(utterance), *either)}
    return [item for place, item in enumerate(items, 1) if place in places]


def _by_number(utterance: str, items: Sequence[Item]) -> list[Item]:
    number = _NUMBER.fullmatch(utterance)
    return [item for place, item in enumerate(items, 1) if number and place == int(number[1])]


def _by_name(utterance: str, items: Sequence[Item]) -> list[Item]:
    """Those that somebody made or plays in who is named and is in no other of them."""
    short = len(utterance.split()) <= _FEW
    named = [{name for name in _names_of(item) if _says(utterance, name, short)} for item in items]
    counts = Counter(name for names in named for name in names)
    return [item for item, names in zip(items, named, strict=True) if any(counts[name] == 1 for name in names)]


def _of_one_title(items: Sequence[Item]) -> bool:
    titles = [item.title.casefold() for item in items]
    return all(min(titles, key=len) in title for title in titles)


def _names_of(item: Item) -> set[str]:
    """The names of an item's people, whole and by the word."""
    people = [name for _, kind, names in edges_of(item) if kind == "person" for name in names]
    return {*people, *(word for name in people for word in name.split() if len(word) > 2)}


def _says(utterance: str, name: str, short: bool) -> bool:
    if not name.isascii():
        return name in utterance
    anyhow = re.IGNORECASE if short or " " in name else re.NOFLAG
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", utterance, anyhow | re.ASCII) is not None
