"""The shape of a reason: which kinds of facts it tells, without their names. A wording of a shape has placeholders.

`Heat and Thief, both directed by Michael Mann` has the shape "shared, directed by, one name, one film"; its wordings
are sentences such as "Like {film}, it was directed by {person}.", and code puts the names in.
"""

from dataclasses import dataclass
from typing import Literal

from kg.items import Relation
from prompts import load

ReasonKind = Literal["shared", "wanted", "liked_kind", "limit", "plain", "together"]

_SLOTS: dict[str, tuple[str, str]] = {
    "DIRECTED_BY": ("person", "people"),
    "WRITTEN_BY": ("person", "people"),
    "FEATURES": ("person", "people"),
    "HAS_GENRE": ("genre", "genres"),
    "HAS_THEME": ("theme", "themes"),
    "HAS_MOOD": ("mood", "moods"),
    "MADE_IN": ("country", "countries"),
    "SPOKEN_IN": ("language", "languages"),
    "RELEASED_IN": ("year", "year"),
    "RUNS_FOR": ("minutes", "minutes"),
    "RATED": ("rating", "rating"),
    "WON_OSCARS": ("oscars", "oscars"),
}
_TOLD = {
    "DIRECTED_BY": "director",
    "WRITTEN_BY": "writer",
    "FEATURES": "cast",
    "HAS_GENRE": "genre",
    "HAS_THEME": "theme",
    "HAS_MOOD": "mood",
    "MADE_IN": "country",
    "SPOKEN_IN": "language",
    "RELEASED_IN": "year",
    "RUNS_FOR": "runtime",
    "RATED": "rating",
    "WON_OSCARS": "oscars",
    None: "talks",
}
_EDGES = (*_SLOTS,)[:8]


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of reason, its relation (None: both are talked of together), whether it tells several names, and how many
    liked films it leads to (0–2). Chinese makes no difference between one name and several.
    """

    language: str
    kind: ReasonKind
    relation: Relation | None
    many: bool = False
    films: int = 0

    @property
    def slots(self) -> tuple[str, ...]:
        """The placeholders' names that a wording must hold, each once."""
        names = (_SLOTS[self.relation][self.many],) if self.relation else ()
        return (*names, *(("films" if self.films > 1 else "film",) if self.films else ()))

    @property
    def told(self) -> str:
        """What its facts are about, in a word."""
        return _TOLD[self.relation]

    @property
    def key(self) -> str:
        """A short name, unique to the shape (`en/shared/director/many/1`)."""
        number = "many" if self.many else "one"
        return f"{self.language}/{self.kind}/{self.told}/{number}/{self.films}"

    @property
    def asked(self) -> str:
        """What the tuned model is asked; it ends where the wording begins."""
        slots = " ".join(f"{{{slot}}}" for slot in self.slots)
        kind = self.kind.replace("_", " ")
        return load("wording_small").format(language=self.language, kind=kind, told=self.told, slots=slots)

    @property
    def known(self) -> bool:
        """Whether the relation is one that can be worded; a catalogue may have others of its own."""
        return self.relation is None or self.relation in _SLOTS


def shape_of(language: str, kind: ReasonKind, relation: Relation | None, names: int, films: int) -> Shape:
    """Returns the shape of a reason that tells so many names and films."""
    if language == "zh":
        return Shape(language, kind, relation, False, min(films, 1))
    numbers = relation is not None and relation not in _EDGES
    return Shape(language, kind, relation, names > 1 and not numbers, min(films, 2))


def common_shapes(language: str) -> tuple[Shape, ...]:
    """Returns every shape of a language, those that talks need most first."""
    order: list[Shape] = []
    shared = ("HAS_THEME", "HAS_GENRE", "HAS_MOOD", "FEATURES", "DIRECTED_BY", "WRITTEN_BY")
    numbers = (1, 2) if language == "en" else (1,)
    order += [shape_of(language, "plain", r, n, 0) for r in ("HAS_THEME", "HAS_MOOD", "DIRECTED_BY") for n in numbers]
    order += [shape_of(language, "shared", relation, n, 1) for relation in shared for n in numbers]
    order += [shape_of(language, "wanted", relation, n, 0) for relation in ("HAS_GENRE", "HAS_THEME") for n in numbers]
    order += [shape_of(language, "limit", relation, 1, 0) for relation in ("RELEASED_IN", "RUNS_FOR")]
    order += [shape_of(language, "together", None, 1, 0)]
    order += [shape_of(language, "plain", relation, n, 0) for relation in _SLOTS for n in numbers]
    order += [shape_of(language, "liked_kind", relation, n, 0) for relation in _EDGES for n in numbers]
    order += [shape_of(language, "wanted", relation, n, 0) for relation in _EDGES for n in numbers]
    order += [shape_of(language, "shared", relation, n, 2) for relation in shared for n in numbers]
    return tuple(dict.fromkeys(order))
