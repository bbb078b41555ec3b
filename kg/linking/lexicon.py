"""The closed vocabularies: genres, themes, moods, countries, languages, under all that people call them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.items import Item, edges_of
from kg.linking.fuzzy import NameIndex
from kg.linking.ordinary import ordinary_english
from kg.linking.stems import phrase_key, stem_key
from kg.linking.tables import sayings
from kg.linking.types import NOTHING, Linked, MentionKind
from kg.names import is_asked_by, translated

NODE_KINDS = ("genre", "theme", "mood", "country", "language")
_MIXED_KINDS: Mapping[str, MentionKind] = {"genres": "genre", "places": "country", "keywords": "keyword"}
_APPROXIMATE = 0.6
_PREFERENCE: Mapping[str, tuple[str, ...]] = {
    "genre": ("genre", "theme", "mood", "country"),
    "keyword": ("theme", "mood", "genre", "country", "language"),
    "country": ("country", "language"),
    "language": ("language", "country"),
}
_AROUND = re.compile(
    r"^(?:(?:dubbed|subtitled|spoken|in|from|with|about|a|an|the|some|any|more|less|very|really|set|of|based on"
    r"|something|anything)\s+)+"
    r"|\s+(?:movies?|films?|flicks?|pictures?|cinema|stuff|things?|ones?|language|speaking|themed?|vibes?|elements?"
    r"|genre|stor(?:y|ies)|related|style|type|kind|content|dubbed|subtitled)(?=\s|$)"
)
_MEDIA = re.compile(r"^(?:电影|片)$|(?:的|类)?(?:电影|影片)$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a saying stands for. `ids` are all meant together; `family` are further ids of which any is meant.

    `kind` is what a mention of it is called.
    """

    ids: tuple[str, ...]
    family: tuple[str, ...] = ()
    score: float = 1.0
    kind: MentionKind = "keyword"

    @property
    def node(self) -> str:
        """The kind of node of the first id."""
        return self.ids[0].partition(":")[0]

    def linked(self, sureness: float = 1.0) -> Linked:
        """Returns the link, its score lowered to `sureness`."""
        score = round(self.score * sureness, 3)
        rivals = tuple((other, score) for other in self.family)
        return Linked(self.ids[0], score, rivals, series=bool(rivals), also=self.ids[1:])


class Lexicon:
    """Only nodes that the catalogue has are ever meant. Immutable."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._nodes = _nodes(items)
        self.meanings: dict[str, list[Meaning]] = {}
        for node in self._nodes.values():
            kind, _, name = node.partition(":")
            self._say(name, Meaning((node,), kind=_kind_of(kind)))
        for table in _MIXED_KINDS:
            self._read(table)
        self._read_foreign()
        self._nameless = {phrase_key(word) for _, words in sayings("keywords", "nothing") for word in words}
        self._stems: dict[str, list[Meaning]] = {}
        for saying, meanings in self.meanings.items():
            self._stems.setdefault(stem_key(saying), []).extend(meanings)
        self._sayings = sorted(saying for saying in self.meanings if len(saying) > 4)
        self._fuzzy = NameIndex(self._sayings)

    def link(self, text: str, kind: MentionKind) -> Linked:
        """Returns the node that a genre, keyword, country or language means; nothing where none is near.

        Tried in turn: the words as they are, their stems, the words without "movies", "about" …, a misspelling of a
        known saying, and known sayings inside the text ("a heist gone wrong"), the longest first.
        """
        key = phrase_key(text)[:120]
        if key in self._nameless:
            return NOTHING
        bare = _MEDIA.sub("", _AROUND.sub("", key)).strip()
        for form in (key, bare):
            for meanings in (self.meanings.get(form), self._stems.get(stem_key(form))):
                if meanings and (meaning := _best(meanings, kind)):
                    return meaning.linked()
        if len(bare) > 4 and not ordinary_english().is_ordinary(bare):
            for position, similarity in self._fuzzy.near(bare, 0.8, limit=5):
                saying = self._sayings[position]
                if _mistyped(bare, saying) and (meaning := _best(self.meanings[saying], kind)):
                    return meaning.linked(similarity - 0.05)
        return self._inside(bare, kind)

    def at(self, key: str) -> list[Meaning]:
        """Returns what a phrase key or its stem stands for, of any kind; [] for no saying."""
        return self.meanings.get(key) or self._stems.get(stem_key(key), [])

    def _inside(self, key: str, kind: MentionKind) -> Linked:
        words = key.split()
        found: list[Meaning] = []
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + 5), start, -1):
                meaning = _best(self.at(" ".join(words[start:end])), kind)
                if meaning is not None:
                    found.append(meaning)
                    start = end - 1
                    break
            start += 1
        if not found:
            return NOTHING
        ids = tuple(dict.fromkeys(each for meaning in found for each in meaning.ids))
        return Meaning(ids).linked(0.6)

    def _read(self, table: str) -> None:
        for kind in NODE_KINDS:
            for name, words in sayings(table, kind):
                node = self._find(kind, name, words)
                if node is not None:
                    for word in (name, *words):
                        self._say(word, Meaning((node,), kind=_kind_of(kind)))
        for section, score in (("mixed", 1.0), ("approximate", _APPROXIMATE)):
            for formula, words in sayings(table, section):
                meaning = self._parse(formula, score, _MIXED_KINDS[table])
                if meaning is not None:
                    for word in words:
                        self._say(word, meaning, first=section == "mixed")

    def _read_foreign(self) -> None:
        """What a name is called elsewhere means it, unless the tables above have that word for something else."""
        for kind in NODE_KINDS:
            for name, foreign in translated(kind):
                known = self._find(kind, name, ())
                if known and is_asked_by(foreign) and phrase_key(foreign) not in self.meanings:
                    self._say(foreign, Meaning((known,), kind=_kind_of(kind)))

    def _parse(self, formula: str, score: float, kind: MentionKind) -> Meaning | None:
        """`a + b` are meant together, of `a | b` any; what the catalogue lacks is left out."""
        together, *others = (part.split(" + ") for part in formula.split(" | "))
        ids = tuple(node for each in together if (node := self._node(each)))
        family = tuple(node for part in others for each in part if (node := self._node(each)))
        if not ids and family:
            ids, family = family[:1], family[1:]
        return Meaning(ids, family, score, kind) if ids else None

    def _node(self, node: str) -> str | None:
        kind, _, name = node.partition(":")
        return self._find(kind, name, ())

    def _find(self, kind: str, name: str, words: Iterable[str]) -> str | None:
        """The catalogue's own node for a name or any of its other names."""
        keys = (f"{kind}:{phrase_key(word)}" for word in (name, *words))
        known = next((self._nodes[key] for key in keys if key in self._nodes), None)
        if known is None:
            saying = self.meanings.get(phrase_key(name), ())
            known = next((meaning.ids[0] for meaning in saying if meaning.node == kind), None)
        return known

    def _say(self, word: str, meaning: Meaning, first: bool = False) -> None:
        meanings = self.meanings.setdefault(phrase_key(word), [])
        if meaning not in meanings:
            meanings.insert(0 if first else len(meanings), meaning)


def _mistyped(typed: str, saying: str) -> bool:
    """Whether one may be a slip for the other: nobody mistakes the first letter for another ("sunny", "funny")."""
    swapped = typed[:2] == saying[1::-1]
    return typed[0] == saying[0] or swapped or len(typed) != len(saying)


def _best(meanings: Iterable[Meaning], kind: MentionKind) -> Meaning | None:
    """The meaning whose node suits the kind of the mention best."""
    order = _PREFERENCE.get(kind, ())
    fit = [meaning for meaning in meanings if meaning.node in order or meaning.node not in NODE_KINDS]
    return min(fit, key=lambda meaning: (_place(meaning.node, order), -meaning.score), default=None)


def _place(node: str, order: Sequence[str]) -> int:
    """Facets of the catalogue's own come after the kinds that the mention was taken for."""
    return order.index(node) if node in order else len(order)


def _nodes(items: Iterable[Item]) -> dict[str, str]:
    """`kind:key` → the node's id, for every node of the closed vocabularies."""
    nodes: dict[str, str] = {}
    for node in _node_ids(items):
        kind, _, name = node.partition(":")
        nodes.setdefault(f"{kind}:{phrase_key(name)}", node)
    return nodes


def _node_ids(items: Iterable[Item]) -> Iterator[str]:
    seen: set[str] = set()
    for item in items:
        for _, kind, names in edges_of(item):
            for name in names if kind != "person" else ():
                node = f"{kind}:{name}"
                if node not in seen:
                    seen.add(node)
                    yield node


def _kind_of(node: str) -> MentionKind:
    """What a mention of such a node is called: themes and moods are keywords."""
    kinds: Mapping[str, MentionKind] = {"genre": "genre", "country": "country", "language": "language"}
    return kinds.get(node, "keyword")
