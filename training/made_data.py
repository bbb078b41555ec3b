"""Made examples: gold rows with other names in them, other spelling, and templates filled from the catalogue.

The labels stay true: a title is replaced by a title, a person by a person, a nationality by a nationality.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.understanding.reading import Span
from bot.understanding.tagger import labels
from bot.understanding.tagger.gazetteer import Gazetteer
from bot.understanding.types import Context, MentionKind, Turn
from kg.items import Item
from training.made_data_templates import (
    BOT_TURNS,
    CLAUSES,
    JOINS,
    MOVE_FRAMES,
    MOVES,
    REQUESTS,
    TEMPLATES,
    WORDS,
    Template,
)
from training.understanding_examples import Example, replaced


@dataclass(frozen=True)
class Names:
    """What is put into examples: titles and people with weights that fall with fame, and themes."""

    titles: tuple[str, ...]
    years: tuple[int | None, ...]
    title_weights: tuple[float, ...]
    people: tuple[str, ...]
    people_weights: tuple[float, ...]
    themes: tuple[str, ...]

    @staticmethod
    def of(items: Sequence[Item]) -> "Names":
        """Returns the names of a catalogue."""
        films = sorted(items, key=lambda item: -item.popularity)
        fame: dict[str, float] = {}
        for item in films:
            for name in (*item.directors[:2], *item.cast[:5]):
                if len(name.split()) > 1:
                    fame[name] = fame.get(name, 0.0) + item.popularity**2
        people = sorted(fame, key=lambda name: -fame[name])[:12_000]
        themes = sorted({theme for item in films for theme in item.themes})
        return Names(
            tuple(item.title for item in films),
            tuple(item.year for item in films),
            tuple(0.02 + item.popularity**2 for item in films),
            tuple(people),
            tuple(0.05 + fame[name] for name in people),
            tuple(themes),
        )

    def title(self, rng: random.Random) -> tuple[str, int | None]:
        """Returns a title and its year, famous ones more often."""
        at = rng.choices(range(len(self.titles)), cum_weights=_running(self.title_weights))[0]
        return self.titles[at], self.years[at]

    def person(self, rng: random.Random) -> str:
        """Returns a full name, famous ones more often."""
        return rng.choices(self.people, cum_weights=_running(self.people_weights))[0]


_SUMS: dict[int, list[float]] = {}


def _running(weights: tuple[float, ...]) -> list[float]:
    if id(weights) not in _SUMS:
        total, sums = 0.0, []
        for weight in weights:
            total += weight
            sums.append(total)
        _SUMS[id(weights)] = sums
    return _SUMS[id(weights)]


def gazetteer(items: Sequence[Item]) -> Gazetteer:
    """Returns the hints that a catalogue gives."""
    return Gazetteer.of(items)


def varied(example: Example, names: Names, rng: random.Random, swap: float = 0.5) -> Example:
    """Returns the example with some of its names replaced (each with probability `swap`) and its spelling changed."""
    for index in reversed(range(len(example.spans))):
        span = example.spans[index]
        if rng.random() < swap:
            wording = _other(example.text, span, names, rng)
            if wording:
                example = replaced(example, span.start, span.end, wording)
    if rng.random() < 0.35:
        example = _years_off(example, rng)
    return respelt(example, rng)


def _other(text: str, span: Span, names: Names, rng: random.Random) -> str | None:
    """Returns another name of the same kind and form, or None where none fits."""
    old = text[span.start : span.end]
    if span.kind == "item":
        title, year = names.title(rng)
        bracket = re.search(r"\s*\((?:19|20)\d\d\)$", old)
        title = title.lower() if old == old.lower() else title
        return f"{title} ({year})" if bracket and year else title
    if span.kind == "person":
        name = names.person(rng)
        name = name.split()[-1] if len(old.split()) == 1 else name
        return name.lower() if old == old.lower() else name
    for group in WORDS.get(span.kind, ()):
        if old.lower() in group:
            new = rng.choice(group)
            return new.capitalize() if old[:1].isupper() else new
    if span.kind == "keyword" and re.match(r" (?:movies?|films?|flicks?)\b", text[span.end :]):
        return rng.choice(names.themes)
    return None


def _years_off(example: Example, rng: random.Random) -> Example:
    """Takes "(1995)" off the titles, as people type."""
    for span in reversed(example.spans):
        bracket = re.search(r"\s*\(\d{4}\)$", example.text[span.start : span.end])
        if span.kind == "item" and bracket and rng.random() < 0.8:
            example = replaced(example, span.start + bracket.start(), span.end, "")
    return example


def respelt(example: Example, rng: random.Random) -> Example:
    """Returns the example as another person might type it: case, punctuation, slips."""
    if rng.random() < 0.3:
        example = replace(example, text=_same_length(example.text, str.lower))
    elif rng.random() < 0.02:
        example = replace(example, text=_same_length(example.text, str.upper))
    if rng.random() < 0.15 and example.text[-1:] in ".!?" and not _ends_in_span(example):
        example = replace(example, text=example.text[:-1])
    if rng.random() < 0.1:
        marks = [match.span() for match in re.finditer(r"(?<=\w)['’,](?=\w|\s)", example.text)]
        for start, end in reversed(marks):
            if not any(span.start < end and start < span.end for span in example.spans):
                example = replaced(example, start, end, "")
    if rng.random() < 0.12:
        example = slipped(example, rng)
    return example


def _ends_in_span(example: Example) -> bool:
    return any(span.end == len(example.text) for span in example.spans)


def _same_length(text: str, change: Callable[[str], str]) -> str:
    changed = change(text)
    return changed if len(changed) == len(text) else text


def slipped(example: Example, rng: random.Random) -> Example:
    """Returns the example with a slip of the finger in one longer word."""
    words = [match for match in re.finditer(r"[a-zA-Z]{4,}", example.text)]
    if not words:
        return example
    word = rng.choice(words)
    at = word.start() + rng.randrange(1, len(word[0]) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return replaced(example, at, at + 2, example.text[at + 1] + example.text[at])
    if kind == 1:
        return replaced(example, at, at + 1, "")
    return replaced(example, at, at + 1, example.text[at] * 2)


def from_templates(names: Names, rng: random.Random, count: int) -> Iterator[Example]:
    """Yields `count` examples filled from templates drawn at random, one in eight a request for several changes."""
    for _ in range(count):
        template = moved(rng) if rng.random() < 0.125 else rng.choice(TEMPLATES)
        yield respelt(filled(template, names, rng), rng)


def from_clauses(names: Names, rng: random.Random, count: int) -> Iterator[Example]:
    """Yields `count` sentences of clauses with different attitudes, which teach how far each reaches.

    Their acts are left unsaid.
    """
    for _ in range(count):
        yield respelt(filled(clauses(rng), names, rng), rng)


def clauses(rng: random.Random) -> Template:
    """Returns a sentence of one to three clauses, now and then with a request ("i loved A, but B bored me. Ideas?")."""
    parts = []
    for _ in range(rng.choice((1, 2, 2, 2, 3))):
        kind = rng.choice(("item", "item", "person", "genre"))
        attitude = rng.choice(tuple(CLAUSES[kind]))
        slot = "genres" if kind == "genre" else kind
        parts.append(rng.choice(CLAUSES[kind][attitude]).replace("_", f"[{slot}:{attitude}]"))
    text = parts[0]
    for part in parts[1:]:
        text += rng.choice(JOINS) + part
    if rng.random() < 0.2:
        text = f"{text}. {rng.choice(REQUESTS)}"
    return Template(text, ())


def moved(rng: random.Random) -> Template:
    """Returns a sentence that asks for one to three changes ("older, darker and less famous please")."""
    opposites = ({"newer", "older"}, {"shorter", "longer"}, {"lighter", "darker"}, {"better_known", "lesser_known"})
    chosen = rng.sample(labels.CRITIQUES, rng.choice((1, 2, 2, 3)))
    kept = [
        name for index, name in enumerate(chosen) if not any({name, other} in opposites for other in chosen[:index])
    ]
    words = [rng.choice(MOVES[name]) for name in kept]
    joined = rng.choice((", ", " and ", " but ", "/", " and also ", " ")).join(words)
    return Template(rng.choice(MOVE_FRAMES).format(moves=joined), ("critique", "recommend"), True, critique=tuple(kept))


_SLOT = re.compile(r"\[(item|person|genre|genres|keyword|country|language|number|nth):?(\w*)\]")


def filled(template: Template, names: Names, rng: random.Random) -> Example:
    """Returns one example of a template."""
    text, spans = "", []
    at = 0
    for slot in _SLOT.finditer(template.text):
        text += template.text[at : slot.start()]
        at = slot.end()
        wording = _fill(slot[1], names, rng)
        kind = "genre" if slot[1] == "genres" else slot[1]
        if slot[2]:
            attitude = next(name for name in labels.ATTITUDES if name == slot[2])
            spans.append(Span(len(text), len(text) + len(wording), _kind(kind), attitude))
        text += wording
    text += template.text[at:]
    shown = [_label(names, rng) for _ in range(rng.choice((1, 1, 2, 3, 3, 5)))] if template.shown else []
    if template.shown:
        turn = rng.choice(BOT_TURNS).format(titles=", ".join(shown))
        history: tuple[Turn, ...] = (Turn("bot", turn),)
    else:
        asked = rng.choice(("", "", "Hi! What are you in the mood for?", "What kind of movies do you like?"))
        history = (Turn("bot", asked),) if asked else ()
    return Example(
        text,
        Context(history, tuple(shown)),
        tuple(spans),
        template.intents,
        template.reference,
        template.attribute,
        template.critique,
        weight=0.5,
    )


def _fill(slot: str, names: Names, rng: random.Random) -> str:
    if slot == "item":
        return names.title(rng)[0]
    if slot == "person":
        name = names.person(rng)
        return name if rng.random() < 0.8 else name.split()[-1]
    if slot == "keyword":
        return rng.choice(names.themes)
    if slot == "number":
        return rng.choice(("two", "three", "3", "4", "five", "5"))
    if slot == "nth":
        return rng.choice(("first", "second", "third", "last", "2nd", "fourth"))
    group = WORDS[{"genres": "genre", "genre": "genre"}.get(slot, slot)]
    return rng.choice(group[0] if slot == "genres" else group[1] if slot == "genre" else group[0])


def _kind(name: str) -> MentionKind:
    return next(kind for kind in labels.KINDS if kind == name)


def _label(names: Names, rng: random.Random) -> str:
    title, year = names.title(rng)
    return f"{title} ({year})"
