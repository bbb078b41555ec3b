"""From the words of a mention to the node that is meant."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from kg.items import Item
from kg.linking.choice import RELATED, SPOKEN_OF, Candidate, best_fits, choose
from kg.linking.item_aliases import ItemAliases
from kg.linking.lexicon import Lexicon
from kg.linking.people import PeopleIndex
from kg.linking.spotting import Spotter
from kg.linking.title_keys import EXACT, HEAD, LOOSE, starts_with_article
from kg.linking.titles import TitleIndex
from kg.linking.types import NOTHING, Linked, MentionKind, Spot
from kg.linking.years import split_bare_year, split_year
from kg.text import normalise_name, normalise_title

_SETTLED = 1.6
_GOOD = 0.8
_CHARACTER = 0.5
_NAMESAKE_MARGIN = 1.2
_FAMILY, _MEMBER = 0.9, 0.5
_PEOPLE_SCALE = 0.9
_QUOTES = "\"'“”‘’«»《》「」『』*_ "
_SLIPPED_THE = re.compile(r"^(?:teh|hte|tthe|thee|th) ", re.IGNORECASE)
# The dot inside a foreign name in Chinese, 汤姆·克鲁斯, which people write or leave out.
_DOT = re.compile(r"(?<=[\u3400-\u9fff])[·・•‧](?=[\u3400-\u9fff])")
_AROUND = re.compile(
    r"^(?:the\s+)?(?:new|original|first|movie|film|marvel'?s|disney'?s|pixar'?s)\s+(?=\S)"
    r"|\s+(?:movies?|films?|series|franchise|trilogy|saga|flicks?)$",
    re.IGNORECASE,
)


class Linker:
    """Built once from the items of a catalogue; immutable afterwards, so any number of threads may ask it."""

    def __init__(self, items: Iterable[Item]) -> None:
        catalogue = list(items)
        self.titles = TitleIndex(catalogue)
        self.people = PeopleIndex(catalogue)
        self.lexicon = Lexicon(catalogue)
        self.aliases = ItemAliases(self.titles)
        self._spotter = Spotter(self.titles, self.aliases, self.people, self.lexicon)

    def link(
        self,
        text: str,
        kind: MentionKind,
        *,
        year: int | None = None,
        context: Sequence[str] = (),
        limit: int = 5,
    ) -> Linked:
        """Returns what a mention means. `context` holds ids of items and people spoken of before; it settles doubts.

        `year` (or a year in brackets in the text) must be the item's, give or take one. At most `limit` rivals.
        Never raises, whatever the text.
        """
        text = _DOT.sub("", text)
        if kind == "item":
            return self._item(text.strip(_QUOTES), year, context, limit)
        if kind == "person":
            return self._person(text.strip(_QUOTES), context, limit)
        linked = self.lexicon.link(text, kind)
        if linked.entity_id is None and kind == "keyword":
            return self._character(text)
        return linked

    def spot(self, utterance: str, *, context: Sequence[str] = ()) -> tuple[Spot, ...]:
        """Returns the mentions found without a model, in the order of the text, each linked, none overlapping.

        Ordinary sentences yield no item: a title of common words needs a capital, quotes, a year or a cue.
        Never raises, whatever the text.
        """
        return self._spotter.spot(utterance, partial(self._span, context))

    def _span(self, context: Sequence[str], text: str, kind: MentionKind, year: int | None) -> Linked:
        return self.link(text, kind, year=year, context=context)

    def _item(self, text: str, year: int | None, context: Sequence[str], limit: int) -> Linked:
        title, written = split_year(_SLIPPED_THE.sub("the ", text))
        return max(self._readings(title, year or written, context, limit), key=lambda linked: linked.score)

    def _readings(self, title: str, year: int | None, context: Sequence[str], limit: int) -> Iterator[Linked]:
        """The text as it stands; if that is no good, its last word as a year, without words around it, misspelt."""
        linked = self._title(title, year, context, limit)
        yield linked
        if linked.score >= _GOOD or linked.rivals:
            return
        bare, last = split_bare_year(title)
        if last is not None and year is None:
            yield self._title(bare, last, context, limit)
        plain = _AROUND.sub("", title)
        if plain != title:
            yield self._title(plain, year, context, limit)
        key = normalise_title(title)
        for name, similarity in self.titles.spelt_like(key, starts_with_article(title))[:3]:
            yield _surely(self._title(name, year, context, limit), similarity - 0.08)
        yield self._choose(self.titles.nearly(key), year, context, limit)

    def _title(self, text: str, year: int | None, context: Sequence[str], limit: int) -> Linked:
        key = normalise_title(text)
        if not key:
            return NOTHING
        if year is None and (alias := self.aliases.single.get(key)) is not None:
            return choose([self._candidate(alias, 1.0, context)], limit)
        if (members := self.aliases.family.get(key)) is not None:
            return self._family(list(dict.fromkeys([*self._namesakes(key, members), *members])), year, context, limit)
        fits = best_fits(self.titles.of_text(text, key))
        linked = self._choose(fits.items(), year, context, limit)
        if linked.entity_id and key in self.titles.heads and fits[self.titles.position[linked.entity_id]] <= HEAD:
            members = sorted(place for place, fit in fits.items() if fit >= HEAD)
            return self._family(members, year, context, limit)
        return linked

    def _namesakes(self, key: str, members: Sequence[int]) -> list[int]:
        """The members of just this title, if not much less known than the family (The Lord of the Rings of 1978)."""
        least = max(self.titles.titles[place].fame for place in members) - _NAMESAKE_MARGIN
        own = (place for place, quality in self.titles.exact(key) if quality == EXACT and place in members)
        return [place for place in own if self.titles.titles[place].fame >= least]

    def _family(self, members: Sequence[int], year: int | None, context: Sequence[str], limit: int) -> Linked:
        """The first member stands for all, or the one that was spoken of; with a year, the member of that year."""
        dated = [place for place in members if self._fit_of_year(place, 1.0, year) > 0]
        dated.sort(key=lambda place: self.titles.titles[place].id not in context)
        ids = [self.titles.titles[place].id for place in dated]
        if not ids:
            return NOTHING
        return Linked(ids[0], _FAMILY, tuple((each, _MEMBER) for each in ids[1 : limit + 1]), series=len(ids) > 1)

    def _choose(
        self, fits: Iterable[tuple[int, float]], year: int | None, context: Sequence[str], limit: int
    ) -> Linked:
        dated = ((place, self._fit_of_year(place, fit, year)) for place, fit in fits)
        return choose([self._candidate(place, fit, context) for place, fit in dated if fit > 0], limit)

    def _fit_of_year(self, place: int, fit: float, year: int | None) -> float:
        """A film of another year is another film; one year of difference is a matter of countries."""
        own = self.titles.titles[place].year
        if year is None or own is None or own == year:
            return fit
        return fit - 0.05 if abs(own - year) == 1 else 0.0

    def _candidate(self, place: int, fit: float, context: Sequence[str]) -> Candidate:
        title = self.titles.titles[place]
        weight = title.fame + (_SETTLED if fit >= LOOSE and place in self.aliases.settled else 0.0)
        if context:
            weight += SPOKEN_OF if title.id in context else RELATED * bool(title.people & self._people_of(context))
        return Candidate(title.id, fit, weight)

    def _people_of(self, context: Sequence[str]) -> frozenset[str]:
        places = (self.titles.position.get(node) for node in context)
        of_items = (self.titles.titles[place].people for place in places if place is not None)
        return frozenset(node for node in context if node.startswith("person:")).union(*of_items)

    def _person(self, text: str, context: Sequence[str], limit: int) -> Linked:
        key = normalise_name(text)[:80].strip()
        if not key:
            return NOTHING
        fits = best_fits(self.people.of_text(key))
        if max(fits.values(), default=0.0) < _GOOD:
            fits = best_fits([*fits.items(), *self.people.nearly(key)])
        around = self._people_of(context) if context else frozenset()
        alias = self.people.aliases.get(key)
        candidates = []
        for place, fit in fits.items():
            person = self.people.people[place]
            known = (SPOKEN_OF if person.id in around else 0.0) + (_SETTLED if place == alias else 0.0)
            candidates.append(Candidate(person.id, fit, _PEOPLE_SCALE * person.fame + known))
        return choose(candidates, limit)

    def _character(self, text: str) -> Linked:
        """A keyword that is no theme may be the hero of a family of films (Batman)."""
        key = normalise_title(text)
        if key not in self.titles.heads and key not in self.aliases.family:
            return NOTHING
        linked = self._title(text, None, (), 5)
        return Linked(linked.entity_id, _CHARACTER, linked.rivals, series=bool(linked.rivals))


def _surely(linked: Linked, sureness: float) -> Linked:
    return replace(linked, score=round(linked.score * sureness, 3))
