"""What kind of things a catalogue holds: the noun and its words, the roles of people, the facets and the numbers."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from kg.errors import CatalogueError
from kg.items import Relation, relation_of
from kg.tables import read_data

FILE = "domain.json"


@dataclass(frozen=True, slots=True)
class Role:
    """A role of people in the catalogue's own relation: designer, DESIGNED_BY, "designed" .

    `did` is "" for a role without a verb, which is told as "gardener: Ann Ode".
    """

    name: str
    relation: Relation
    did: str = ""
    zh: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind of entity of the catalogue's own: mechanic, publisher. `asked` are words of a question for it."""

    name: str
    relation: Relation
    asked: tuple[str, ...] = ()

    @staticmethod
    def of(name: str) -> "Facet":
        """Returns the facet of a name, asked for by it."""
        plain = name.replace("_", " ")
        return Facet(name, relation_of(name), (plain, plural_of(plain)))


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of the catalogue's own.

    `units` are the words said behind it ("400 pages"); `less`, `more` ask for less or more of it; `asked` ask for it.
    `money` reads currency signs; `group` is kept by a range that holds a number ("for 4 players"); `least`: the
    value is the least that fits ("from age 8"). `currency` is the sign that values are told with.
    """

    name: str
    units: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    said: str = "{}"
    zh: str = ""
    money: bool = False
    group: bool = False
    least: bool = False
    currency: str = ""

    @property
    def relation(self) -> Relation:
        """The relation of its facts."""
        return relation_of(self.name)

    def told(self, low: float, high: float, language: str = "en") -> str:
        """Returns a value or a range as it is told: "412 pages", "2–4 players", "$12.99"."""
        said = self.zh if language == "zh" and self.zh else self.said
        if high == math.inf:
            return said.replace("{}", f"{low:.6g}+")
        if self.money:
            number = f"{low:.2f}" if low != round(low) else f"{low:.0f}"
            return f"{self.currency}{number}"
        number = f"{low:.6g}" if low == high else f"{low:.6g}–{high:.6g}"
        return said.replace("{}", number)


@dataclass(frozen=True, slots=True)
class Domain:
    """The kind of a catalogue. The words are those of `kg/data/domains.toml`, or of a mapping.

    `timed` says that the catalogue knows how many minutes its things take.
    """

    noun: str = "film"
    plural: str = "films"
    also: tuple[str, ...] = ()
    verb: str = "watch"
    past: str = "seen"
    doing: str = "watching"
    raters: str = "critics"
    zh: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    facets: tuple[Facet, ...] = ()
    measures: tuple[Measure, ...] = ()
    timed: bool = True

    @property
    def is_film(self) -> bool:
        """Whether these are films, which what understands people was trained on."""
        return self.noun == "film"

    def words(self, language: str) -> dict[str, str]:
        """Returns the words that the phrases of a language take from the domain."""
        if language == "zh":
            plain = {"verb": "试", "past": "试过", "raters": "大家", "one": "一个", "noun": self.noun}
            words = plain | {name: word for name, word in self.zh.items() if word}
            return words | {"measure": words["one"].removeprefix("一")}
        article = "an" if self.noun[:1].lower() in "aeiou" else "a"
        return {
            "noun": self.noun,
            "nouns": self.plural,
            "a noun": f"{article} {self.noun}",
            "verb": self.verb,
            "past": self.past,
            "doing": self.doing,
            "raters": self.raters,
            "Raters": self.raters.capitalize(),
        }

    def with_own(
        self,
        roles: tuple[Role, ...] = (),
        facets: tuple[Facet, ...] = (),
        measures: tuple[Measure, ...] = (),
        *,
        timed: bool = True,
    ) -> "Domain":
        """Returns the domain with roles, facets and measures of its own."""
        return replace(self, roles=roles, facets=facets, measures=measures, timed=timed)

    def measure(self, name: str) -> Measure | None:
        """Returns the measure of this name."""
        return next((measure for measure in self.measures if measure.name == name), None)

    def save(self, folder: Path) -> None:
        """Writes `domain.json` into an index folder."""
        (folder / FILE).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @staticmethod
    def load(folder: Path) -> "Domain":
        """Returns the domain of an index folder, films where none was written. Raises CatalogueError for damage."""
        path = folder / FILE
        if not path.is_file():
            return FILMS
        try:
            return TypeAdapter(Domain).validate_json(path.read_bytes())
        except (OSError, ValueError) as error:
            raise CatalogueError(f"{path} is damaged: run `tastemaker ingest` again.") from error


def known_nouns() -> Mapping[str, Mapping[str, Any]]:
    """Returns the kinds of catalogue that have words of their own, by noun."""
    nouns: Mapping[str, Mapping[str, Any]] = read_data("domains")["nouns"]
    return nouns


def known_roles() -> Mapping[str, Mapping[str, Any]]:
    """Returns what is known of the roles of people, by role."""
    roles: Mapping[str, Mapping[str, Any]] = read_data("domains")["roles"]
    return roles


def known_measures() -> Mapping[str, Mapping[str, Any]]:
    """Returns what is known of the numbers of catalogues, by name."""
    return read_data("measures")


def domain_of(noun: str, **words: str) -> Domain:
    """Returns the domain of a noun with its known words; `words` (plural, verb, past, doing, noun_zh) come first.

    A noun without words of its own is tried: "something to try".
    """
    nouns = known_nouns()
    known = dict(nouns.get(noun, {key: nouns["item"][key] for key in ("verb", "past", "doing", "raters")}))
    zh = dict(known.get("zh", {})) | ({"noun": words["noun_zh"]} if words.get("noun_zh") else {})
    verb = words.get("verb") or known["verb"]
    if words.get("verb") and words["verb"] != known["verb"]:
        known |= {"past": f"{verb.removesuffix('e')}ed", "doing": f"{verb.removesuffix('e')}ing"}
    return Domain(
        noun=noun,
        plural=words.get("plural") or known.get("plural") or plural_of(noun),
        also=tuple(known.get("also", ())),
        verb=verb,
        past=words.get("past") or known["past"],
        doing=words.get("doing") or known["doing"],
        raters=known["raters"],
        zh=zh,
        examples=tuple(known.get("examples", ())),
    )


def measure_of(name: str, currency: str = "") -> Measure:
    """Returns the measure of a name; one that is not known is told and asked for by its own name."""
    known = known_measures().get(name)
    if known is None:
        plain = name.replace("_", " ")
        return Measure(
            name, (plain, plural_of(plain)), (f"less {plain}",), (f"more {plain}",), (plain,), f"{plain} {{}}"
        )
    fields = {key: value for key, value in known.items() if key not in ("columns", "low", "high")}
    measure: Measure = TypeAdapter(Measure).validate_python({"name": name, **fields})
    return replace(measure, currency=currency)


def role_of(name: str) -> Role:
    """Returns the role of a name in a relation of its own ("game designer" is a designer)."""
    known = _known_role(name)
    did: str = known.get("did", "")
    return Role(name, f"{did.partition(' ')[0].upper()}_BY" if did else relation_of(name), did, known.get("zh", ""))


def field_of(role: str) -> str | None:
    """Returns the item's own field for a role that every catalogue has (author: `writers`), None for any other."""
    found: str | None = _known_role(role).get("field")
    return found


def _known_role(name: str) -> Mapping[str, Any]:
    roles = known_roles()
    return roles.get(name) or next((role for role in roles.values() if name in role["columns"]), {})


def plural_of(noun: str) -> str:
    """Returns the English plural by the common rules."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def joined_domains(one: Domain, other: Domain) -> Domain:
    """Returns the first domain with the roles, facets and measures that only the other has."""

    def both(mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
        names = {each.name for each in mine}
        return (*mine, *(each for each in theirs if each.name not in names))

    return replace(
        one,
        roles=both(one.roles, other.roles),
        facets=both(one.facets, other.facets),
        measures=both(one.measures, other.measures),
    )


FILMS = domain_of("film")
