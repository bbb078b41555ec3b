"""The nouns of the catalogue: items, the entities around them, and facts that join the two."""

from dataclasses import dataclass
from typing import Literal

EntityKind = Literal["item", "person", "genre", "country", "language", "theme", "mood", "value"]
Relation = Literal[
    "DIRECTED_BY",
    "WRITTEN_BY",
    "FEATURES",
    "HAS_GENRE",
    "MADE_IN",
    "SPOKEN_IN",
    "HAS_THEME",
    "HAS_MOOD",
    "RELEASED_IN",
    "RUNS_FOR",
    "RATED",
    "WON_OSCARS",
]
EDGE_RELATIONS: tuple[Relation, ...] = (
    "DIRECTED_BY",
    "WRITTEN_BY",
    "FEATURES",
    "HAS_GENRE",
    "MADE_IN",
    "SPOKEN_IN",
    "HAS_THEME",
    "HAS_MOOD",
)
AXES = ("tone", "violence", "pace", "scary", "romance", "humour", "demands")


@dataclass(frozen=True, slots=True)
class Axes:
    """Seven scales of how an item feels, from the film notes.

    `tone` 1 very dark … 5 very light; `violence`, `scary`, `romance`, `humour` 0 none … 4 through and through;
    `pace` 1 slow … 5 frantic; `demands` 1 easy … 5 demanding. `estimated` is true where no note was written
    and the values were learned from the notes of other items.
    """

    tone: float
    violence: float
    pace: float
    scary: float
    romance: float
    humour: float
    demands: float
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be recommended. Unknown text is "", unknown lists are (), unknown numbers None.

    `runtime` is in minutes. `popularity` is 0 (nobody knows it) … 1 (everyone does). `rating` is the critics' average,
    0–10. `oscars` counts awards won. `themes`, `moods`, `synopsis` and `axes` come from the film notes.
    """

    id: str
    title: str
    year: int | None = None
    genres: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    runtime: int | None = None
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    popularity: float = 0.0
    themes: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    synopsis: str = ""
    writers: tuple[str, ...] = ()
    rating: float | None = None
    oscars: int = 0
    axes: Axes | None = None

    @property
    def label(self) -> str:
        """`Title (year)`, or the title alone where the year is unknown."""
        return f"{self.title} ({self.year})" if self.year else self.title


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the graph. `id` is the item's own id, or `kind:Name` (`person:Tom Hanks`, `genre:Horror`)."""

    id: str
    name: str
    kind: EntityKind

    @staticmethod
    def of(kind: EntityKind, name: str) -> "Entity":
        """Returns the entity of a named node (`Entity.of("genre", "Horror").id == "genre:Horror"`)."""
        return Entity(f"{kind}:{name}", name, kind)

    @staticmethod
    def of_item(item: Item) -> "Entity":
        """Returns the node of an item; its name is the item's label."""
        return Entity(item.id, item.label, "item")


@dataclass(frozen=True, slots=True)
class Fact:
    """`subject relation object`, true in the graph. A number (year, minutes …) is an object of kind `value`."""

    subject: Entity
    relation: Relation
    object: Entity


def facts_of(item: Item) -> tuple[Fact, ...]:
    """Returns every fact that an item's own fields state, edges first, then its numbers."""
    subject = Entity.of_item(item)
    edges: tuple[tuple[Relation, EntityKind, tuple[str, ...]], ...] = (
        ("DIRECTED_BY", "person", item.directors),
        ("WRITTEN_BY", "person", item.writers),
        ("FEATURES", "person", item.cast),
        ("HAS_GENRE", "genre", item.genres),
        ("MADE_IN", "country", item.countries),
        ("SPOKEN_IN", "language", item.languages),
        ("HAS_THEME", "theme", item.themes),
        ("HAS_MOOD", "mood", item.moods),
    )
    values: tuple[tuple[Relation, int | float | None], ...] = (
        ("RELEASED_IN", item.year),
        ("RUNS_FOR", item.runtime),
        ("RATED", item.rating),
        ("WON_OSCARS", item.oscars or None),
    )
    named = tuple(Fact(subject, relation, Entity.of(kind, name)) for relation, kind, names in edges for name in names)
    numbers = tuple(
        Fact(subject, relation, Entity.of("value", str(value))) for relation, value in values if value is not None
    )
    return named + numbers
