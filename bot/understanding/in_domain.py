"""A catalogue of another kind, read by what learned from talk about films.

"I have read Dune, another novel by its author?" is read as "I have seen Dune, another film by its writer?". Names of
the catalogue stay, and every mention is found again where the user wrote it. Limits on numbers of the catalogue's own
are read by `amounts` and taken out before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from bot.understanding import amounts, cues
from bot.understanding.links import Links
from bot.understanding.naming import LINKED
from bot.understanding.negation import hardened
from bot.understanding.reading import Span
from bot.understanding.types import Context, Intent, Mention, Understanding
from kg.domain import Domain

_HAVE = r"(?:have|had|has|'ve|already|never|just|ever|i|we)"
_QUOTED = re.compile(r"[\"“”„«»《》「」].*?[\"“”„«»《》「」]")
# Acts that a bare limit does not speak for.
_IDLE: frozenset[Intent] = frozenset(("other", "inform", "greet", "help", "ask"))


class _Understands(Protocol):
    def understand(self, utterance: str, context: Context, spoken_of: Sequence[str] = ()) -> Understanding: ...


@dataclass(frozen=True)
class InDomain:
    """Understands talk about the things of a domain, by one that understands talk about films."""

    inner: _Understands
    domain: Domain
    links: Links

    def understand(self, utterance: str, context: Context, spoken_of: Sequence[str] = ()) -> Understanding:
        """Returns the meaning; mentions are copied from the utterance as it was written."""
        said = amounts.read(utterance, self.domain)
        plain = amounts.without(utterance, said)
        text, places = self._in_films(plain)
        history = tuple(replace(turn, text=self._in_films(turn.text)[0]) for turn in context.history)
        understanding = self.inner.understand(text, replace(context, history=history), spoken_of)
        mentions = tuple(self._placed(mention, utterance, places) for mention in understanding.mentions)
        understanding = replace(understanding, mentions=(*mentions, *self._missed(plain, mentions, understanding)))
        return _asking_for_amounts(understanding, bool(context.shown)) if said else understanding

    def _placed(self, mention: Mention, utterance: str, places: Sequence[int]) -> Mention:
        if mention.start < 0:
            return mention
        start, end = places[mention.start], places[mention.start + len(mention.text)]
        return replace(mention, start=start, text=utterance[start:end])

    def _missed(self, text: str, known: Sequence[Mention], understanding: Understanding) -> Iterator[Mention]:
        """Yields names of the catalogue's own vocabulary that no mention touches: the reader learnt that of films."""
        for spot in self.links.spot(text):
            touched = any(m.start < spot.end and spot.start < m.start + len(m.text) for m in known if m.start >= 0)
            if spot.kind in ("genre", "keyword", "person") and spot.entity_id and spot.score >= LINKED and not touched:
                span = Span(spot.start, spot.end, spot.kind, cues.attitude(text[: spot.start], understanding.intents))
                (heard,) = hardened(text, (span,), understanding.intents)
                linked = spot.linked
                yield Mention(
                    text[heard.start : heard.end],
                    heard.kind,
                    heard.attitude,
                    linked.entity_id,
                    heard.start,
                    source="linker",
                    also=linked.also,
                )

    def _in_films(self, text: str) -> tuple[str, list[int]]:
        """Returns the text in words of film, and for each of its characters (and its end) the place in the original."""
        if self.domain.is_film:
            return text, list(range(len(text) + 1))
        names = [*self._names(text), *(match.span() for match in _QUOTED.finditer(text))]
        pieces: list[str] = []
        places: list[int] = []
        at = 0
        for start, end, word in self._replacements(text):
            if start < at or any(start < stop and begin < end for begin, stop in names):
                continue
            pieces += [text[at:start], word]
            places += [*range(at, start), *([start] * len(word))]
            at = end
        return "".join([*pieces, text[at:]]), [*places, *range(at, len(text) + 1)]

    def _names(self, text: str) -> Iterator[tuple[int, int]]:
        for spot in self.links.spot(text):
            if spot.kind in ("item", "person"):
                yield spot.start, spot.end

    def _replacements(self, text: str) -> list[tuple[int, int, str]]:
        found = [
            (*match.span(group), word)
            for pattern, group, word in self._words
            for match in pattern.finditer(text)
            if match.span(group) != (-1, -1)
        ]
        return sorted(found, key=lambda each: (each[0], each[0] - each[1]))

    @cached_property
    def _words(self) -> tuple[tuple[re.Pattern[str], int, str], ...]:
        """Pattern, its group that is replaced, and the words of film."""
        domain = self.domain
        pairs = [(domain.plural, "films"), (domain.noun, "film")]
        pairs += [(word, "films" if word.endswith("s") else "film") for word in domain.also]
        pairs += [(domain.doing, "watching"), ("authors", "writers"), ("author", "writer")]
        if domain.past != domain.verb:
            pairs += [(domain.past, "seen"), (domain.verb, "watch")]
        for role in domain.roles[:1]:
            pairs += [(f"{role.name}s", "directors"), (role.name, "director"), (role.did, "directed")]
        if noun := domain.zh.get("noun"):
            pairs += [(noun, "电影"), (domain.zh.get("past", ""), "看过")]
        plain = [(_whole(word), 0, film) for word, film in pairs if word]
        if domain.past == domain.verb:  # "I have read it", "something to read", "a good read"
            verb = re.escape(domain.verb)
            plain += [
                (re.compile(rf"(?i)\b{_HAVE} (?:already |just |never )?({verb})\b"), 1, "seen"),
                (re.compile(rf"(?i)\ban? (?:\w+ )?({verb})\b"), 1, "film"),
                (_whole(domain.verb), 0, "watch"),
            ]
        return tuple(plain)


def _whole(word: str) -> re.Pattern[str]:
    if not word.isascii():
        return re.compile(re.escape(word))
    return re.compile(rf"(?<![\w'-]){re.escape(word)}(?![\w-])", re.IGNORECASE)


def _asking_for_amounts(understanding: Understanding, shown: bool) -> Understanding:
    """A limit on an amount asks for suggestions, or changes those just made, whatever the rest of the words says."""
    if understanding.intent not in _IDLE:
        return understanding
    first: tuple[Intent, ...] = ("critique", "recommend") if shown else ("recommend",)
    rest = tuple(intent for intent in understanding.intents if intent not in ("other", "ask", "help", *first))
    mentions = tuple(
        replace(mention, attitude="want") if mention.attitude == "about" and mention.kind != "item" else mention
        for mention in understanding.mentions
    )
    return replace(understanding, intent=first[0], intents=(*first, *rest), mentions=mentions)
