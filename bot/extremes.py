"""The shortest, the oldest, the scariest … of the items shown: which words mean which of their numbers. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.domain import Domain, Measure
from kg.items import Item, Relation

_Value = Callable[[Item], float | None]
_CATALOGUE = re.compile(
    r"\b(ever|you (?:have|know|got)|in (?:the|your) (?:catalogue|list|collection)|all time)\b", re.I
)
_MOST = {"less": "least", "fewer": "fewest", "more": "most"}
_LONGEST = 12  # words of a question about what is shown


@dataclass(frozen=True, slots=True)
class Extreme:
    """One way in which items differ. `sign` is -1 where the lowest is meant; `relation` is the fact that tells it.

    `what` is its word in English and Chinese where it is a number of the catalogue's own; else the phrase
    `extreme_NAME` is. `axis` is the axis of the notes that it is measured on.
    """

    name: str
    words: re.Pattern[str]
    value: _Value
    sign: int = 1
    relation: Relation | None = None
    what: tuple[str, ...] = ()
    axis: str = ""

    def ordered(self, items: Sequence[Item]) -> list[Item]:
        """Returns the items whose number is known, the one meant first."""
        known = [(item, found) for item in items if (found := self.value(item)) is not None]
        return [item for item, found in sorted(known, key=lambda pair: -self.sign * pair[1])]


def _on_axis(name: str, axis: str, words: re.Pattern[str], sign: int = 1) -> Extreme:
    return Extreme(name, words, lambda item: getattr(item.axes, axis) if item.axes else None, sign, axis=axis)


def _words(english: str, chinese: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{english})\b|{chinese}", re.IGNORECASE)


EXTREMES = (
    Extreme("oldest", _words("older|oldest|earlier|earliest", "最老|最早|最旧"), lambda i: i.year, -1, "RELEASED_IN"),
    Extreme(
        "newest",
        _words("newer|newest|later|latest|more recent|most recent", "最新|最近"),
        lambda i: i.year,
        relation="RELEASED_IN",
    ),
    Extreme("shortest", _words("shorter|shortest", "最短"), lambda i: i.runtime, -1, "RUNS_FOR"),
    Extreme("longest", _words("longer|longest", "最长"), lambda i: i.runtime, relation="RUNS_FOR"),
    Extreme(
        "best_rated",
        _words(
            r"(?:better|best|higher|highest|top)[- ]rated|(?:better|best|higher|highest) (?:rating|score|reviews?)"
            r"|best reviewed",
            "评分最高|评价最好|口碑最好",
        ),
        lambda i: i.rating,
        relation="RATED",
    ),
    Extreme(
        "worst_rated", _words(r"(?:worse|worst|lower|lowest)[- ]rated", "评分最低"), lambda i: i.rating, -1, "RATED"
    ),
    Extreme(
        "most_oscars", _words("most (?:oscars|awards)", "奖最多"), lambda i: i.oscars or None, relation="WON_OSCARS"
    ),
    Extreme(
        "best_known",
        _words("(?:better|best)[- ]known|more famous|most famous|famous", "最有名"),
        lambda i: i.popularity,
    ),
    Extreme("least_known", _words("(?:least|lesser)[- ]known|most obscure", "最冷门"), lambda i: i.popularity, -1),
    _on_axis("lightest", "tone", _words("lighter|lightest|happier|happiest", "最轻松")),
    _on_axis("darkest", "tone", _words("darker|darkest|bleakest", "最黑暗|最沉重"), -1),
    _on_axis("funniest", "humour", _words("funnier|funniest", "最搞笑|最好笑")),
    _on_axis("scariest", "scary", _words("scarier|scariest", "最恐怖|最吓人")),
    _on_axis("least_scary", "scary", _words("(?:less|least) scary", "最不恐怖|最不吓人"), -1),
    _on_axis("most_violent", "violence", _words("(?:more|most) violent|bloodiest", "最暴力|最血腥")),
    _on_axis("least_violent", "violence", _words("(?:less|least) violent", "最不暴力"), -1),
    _on_axis("most_romantic", "romance", _words("(?:more|most) romantic", "最浪漫")),
    _on_axis("fastest", "pace", _words("faster|fastest|most action", "节奏最快")),
    _on_axis("slowest", "pace", _words("slower|slowest", "节奏最慢"), -1),
    _on_axis("easiest", "demands", _words("easier|easiest|least demanding", "最好懂"), -1),
)
# \0 stands where the extreme's words stood.
_ONE = re.compile(r"\bthe \0 (?:one|film|movie|of (?:the|those|them)|of (?:\w+) two)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|but|hmm|then|well),? )*(?:which|what|who|what's)\b[^.!?]*?"
    r"(?:(?:'s|\bis|\bare|\bwas|\bhas|\bhave|\bgot|\bone|\bfilm|\bmovie|\bwould be) )(?:the )?\0|哪.*\0|\0.*哪",
    re.IGNORECASE,
)


def pointed_at(utterance: str) -> Extreme | None:
    """Returns the extreme by which one of the shown items is meant ("the older one"), or None."""
    return _first(_ONE, EXTREMES, utterance)


def asked_for(utterance: str, domain: Domain) -> Extreme | None:
    """Returns the extreme that a question is about ("which of these is the shortest?"), or None."""
    if len(utterance.split()) > _LONGEST or _CATALOGUE.search(utterance):
        return None
    return _first(_ASKED, (*_own(domain), *EXTREMES), utterance)


def _first(form: re.Pattern[str], extremes: Sequence[Extreme], utterance: str) -> Extreme | None:
    plain = utterance.replace("’", "'")
    return next((extreme for extreme in extremes if form.search(extreme.words.sub("\0", plain))), None)


def _own(domain: Domain) -> Iterator[Extreme]:
    """Yields the extremes of the numbers that only this catalogue has: "cheapest" where people say "cheaper"."""
    for measure in domain.measures:
        for words, units, sign in ((measure.less, ("fewest", "least"), -1), (measure.more, ("most",), 1)):
            said = [most for word in words if (most := _superlative(word))]
            said += [f"{most} {unit}" for most in units for unit in measure.units]
            if said:
                pattern = re.compile("|".join(map(re.escape, said)), re.IGNORECASE)
                english = next((most for most in said if most.isascii()), said[0])
                chinese = next((most for most in said if not most.isascii()), english)
                yield Extreme(measure.name, pattern, _amount(measure), sign, measure.relation, (english, chinese))


def _superlative(comparative: str) -> str:
    """Returns "cheapest" for "cheaper", "least complex" for "less complex", 最薄 for 薄一点; "" for what has none."""
    first, _, rest = comparative.partition(" ")
    if first in _MOST:
        return f"{_MOST[first]} {rest}"
    if not comparative.isascii():
        return "最" + re.sub(r"^更|一?点$", "", comparative)
    return first[:-1] + "st" if first.endswith("er") and not rest else ""


def _amount(measure: Measure) -> _Value:
    return lambda item: next((amount.low for amount in item.amounts if amount.name == measure.name), None)
