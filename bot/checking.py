"""The check that stands between a sentence and the user: it may claim only what its facts say."""

import re
from collections.abc import Iterable
from functools import cache

from kg.items import Fact, Item, Relation
from kg.names import foreign_names, object_called
from retrieval.constraints import allowed
from retrieval.wish import Wish

_NUMBER = re.compile(r"\d[\d.,:]*\d|\d")
_NAME = re.compile(r"(?<![.!?;:—\-\n]\s)(?<!^)(?<![A-Za-z_])[A-Z][\w'’]+")
# Chinese writes names without blanks around them, so its characters do not count as letters of a longer word.
_BEFORE, _AFTER = r"(?<![^\W\u3040-\u9fff])", r"(?![^\W\u3040-\u9fff])"
_CLAIMS: tuple[tuple[re.Pattern[str], frozenset[Relation]], ...] = (
    (re.compile(r"\b(direct(ed|ors?|s|ing|ion)?|camera)\b", re.I), frozenset({"DIRECTED_BY"})),
    (re.compile(r"\b(written|wrote|writers?|writes?|writing|scripts?|screenplay)\b", re.I), frozenset({"WRITTEN_BY"})),
    (
        re.compile(r"\b(stars?|starring|features?|featuring|cast|plays|acts?|actors?|screen|faces?)\b", re.I),
        frozenset({"FEATURES"}),
    ),
    (re.compile(r"\b(oscars?|awards?)\b", re.I), frozenset({"WON_OSCARS"})),
    (re.compile(r"\b(minutes?|hours?|runs (?:for|_))", re.I), frozenset({"RUNS_FOR"})),
    (re.compile(r"\b(rated|rating|critics)\b", re.I), frozenset({"RATED"})),
    (re.compile(r"\b(made in|produced in)\b", re.I), frozenset({"MADE_IN"})),
    (re.compile(r"\b(spoken (?:in|_)|languages?)", re.I), frozenset({"SPOKEN_IN"})),
)
_PRIZE = re.compile(r"\bOscars?\b")  # a name of no fact; that one was won is claimed, and checked as a relation


def holds(text: str, evidence: Iterable[Fact], said: Iterable[str] = ()) -> bool:
    """Returns whether every name, number and relation in `text` is among the facts.

    `said` are further strings that may appear: numbers and names that the user spoke. Names of the facts are taken
    out of the text first, longest first; what is left may hold no number and no capitalised word inside a sentence,
    and each word that claims a relation ("directed by", "runs") needs a fact of that relation.
    """
    facts = tuple(evidence)
    rest = _without_names(text, facts, said)
    if _NUMBER.search(rest) or _NAME.search(_PRIZE.sub("_", rest)) or _foreign().search(rest):
        return False
    relations = {fact.relation for fact in facts}
    return all(not pattern.search(rest) or relations & allowed for pattern, allowed in _CLAIMS)


def free_of(item: Item, entity: str) -> bool:
    """Returns whether an item has nothing of an entity, by its facts and by its measures: what "no horror" claims."""
    return allowed(item, Wish(avoid=frozenset({entity})))


@cache
def _foreign() -> re.Pattern[str]:
    # behind 没有 a name tells what the item is free of, which is checked where it is said
    return re.compile(f"(?<!没有)(?<!不)(?:{'|'.join(map(re.escape, foreign_names()))})")


def _without_names(text: str, facts: tuple[Fact, ...], said: Iterable[str]) -> str:
    names = {fact.subject.name for fact in facts} | {fact.object.name for fact in facts} | set(said)
    names |= {object_called(fact.object, "zh") for fact in facts}
    # "Heat (1995)" also allows "Heat"
    names |= {name[: -len(" (1995)")] for name in names if re.search(r" \(\d{4}\)$", name)}
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(f"{_BEFORE}{re.escape(name)}{_AFTER}", "_", text, flags=re.IGNORECASE)
    return text
