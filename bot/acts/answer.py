"""Answering a question about an item or a person, from the graph's facts and from nothing else."""

import re
from collections.abc import Sequence

from bot.acts.measures import axis_asked, measured
from bot.acts.plot import plot_of
from bot.acts.suitability import suitability
from bot.acts.together import together
from bot.moment import Draft, Moment
from bot.own import asked_of
from bot.parts import Parts
from bot.rereading import is_suitability, is_together
from bot.understanding.asked import asked
from bot.understanding.rules.words import lower
from bot.understanding.types import Attribute, Mention
from kg.items import Fact, Item, Relation
from retrieval.wish import Limits

_RELATION: dict[Attribute, Relation] = {
    "director": "DIRECTED_BY",
    "writer": "WRITTEN_BY",
    "cast": "FEATURES",
    "year": "RELEASED_IN",
    "genre": "HAS_GENRE",
    "runtime": "RUNS_FOR",
    "language": "SPOKEN_IN",
    "country": "MADE_IN",
    "rating": "RATED",
    "awards": "WON_OSCARS",
}
_ROLES: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("DIRECTED_BY", re.compile(r"\b(direct\w*|made|make|by|filmmaker)\b|导演|执导", re.IGNORECASE)),
    ("WRITTEN_BY", re.compile(r"\b(wr[io]te?\w*|written|screenplay)\b|编剧", re.IGNORECASE)),
    ("FEATURES", re.compile(r"\b(in|star\w*|act\w*|play\w*|with|cast)\b|主演|演", re.IGNORECASE)),
)
_PARTS = re.compile(r"\b(?:and|also|plus)\b|[,;?]|和|以及|，|？", re.IGNORECASE)
_MOST_NAMES = 8
_MOST_WORKS = 6


def answer(moment: Moment, parts: Parts) -> Draft:
    """Returns the facts asked for; says so where the catalogue does not hold them, or asks which item is meant."""
    item = _item(moment, parts)
    others = [m for m in moment.understanding.mentions if m.kind != "item" and m.entity]
    people = [m for m in others if m.kind == "person"]
    if is_together(moment.understanding, moment.utterance):
        return together(moment, parts, [m.entity for m in people if m.entity])
    if item is not None and is_suitability(moment.understanding, moment.utterance, shown=True):
        return suitability(moment, item)
    if item is None:
        if people:
            return _about_person(moment, parts, people[0])
        return _no_item(moment)
    axis = axis_asked(moment.utterance) if moment.understanding.attribute in (None, "plot", "genre") else None
    if axis and (told := measured(moment, item, axis)):
        return told
    facts = parts.graph.facts(item.id)
    if own := asked_of(moment.utterance, moment.phrases.domain):
        return _own(moment, item, facts, own)
    # "is Tom Hanks in it?", "is it scary?": the mention is what the item may or may not be joined to
    if others and moment.understanding.attribute in (None, "cast", "genre", "plot", "director", "writer", "country"):
        return _yes_or_no(moment, item, facts, others[0])
    return _attributes(moment, item, facts)


def _own(moment: Moment, item: Item, facts: Sequence[Fact], relation: Relation) -> Draft:
    """Answers a question for what only this kind of catalogue has: the designer, the pages, the price."""
    found = tuple(fact for fact in facts if fact.relation == relation)[:_MOST_NAMES]
    if not found:
        return Draft("answer", (moment.phrases.say("answer_unknown", title=item.label),), focus=(item.id,))
    names = moment.phrases.join(moment.phrases.names(found))
    text = moment.phrases.say(f"answer_{relation.lower()}", title=item.label, names=names)
    return Draft("answer", (text,), evidence=found, focus=(item.id,))


def _attributes(moment: Moment, item: Item, facts: Sequence[Fact]) -> Draft:
    """Answers each part of "how long is it and who's in it"."""
    parts = [asked(lower(part)) for part in _PARTS.split(moment.utterance)]
    wanted = list(dict.fromkeys(attribute for attribute in parts if attribute))
    if len(wanted) < 2:
        return _attribute(moment, item, facts, moment.understanding.attribute)
    drafts = [_attribute(moment, item, facts, attribute) for attribute in wanted]
    text = moment.phrases.say("between_sentences").join(piece for draft in drafts for piece in draft.pieces)
    return Draft("answer", (text,), evidence=tuple(f for d in drafts for f in d.evidence), focus=(item.id,))


def _item(moment: Moment, parts: Parts) -> Item | None:
    named = [m.entity for m in moment.understanding.mentions if m.kind == "item" and m.entity]
    people = any(m.kind == "person" and m.entity for m in moment.understanding.mentions)
    unknown = any(m.kind == "item" and not m.entity for m in moment.understanding.mentions)
    ids = [*named, *moment.meant]
    if not ids and not people and not unknown:
        ids = list(moment.focus[:1])
    return parts.catalogue.get(ids[0]) if ids else None


def _no_item(moment: Moment) -> Draft:
    unknown = [m.text for m in moment.understanding.mentions if m.kind in ("item", "person")]
    if unknown:
        return Draft("answer", (moment.phrases.say("not_in_catalogue", name=unknown[0]),))
    key = "ask_which_item" if moment.understanding.attribute else "cannot_answer"
    return Draft("ask" if moment.understanding.attribute else "answer", (moment.phrases.say(key),))


def _attribute(moment: Moment, item: Item, facts: Sequence[Fact], attribute: Attribute | None) -> Draft:
    say = moment.phrases.say
    if attribute == "plot":
        return _plot(moment, item, facts)
    if attribute is None:
        # a question that no field answers (streaming, music …)
        return Draft("answer", (say("cannot_answer"),), focus=(item.id,))
    found = tuple(fact for fact in facts if fact.relation == _RELATION[attribute])[:_MOST_NAMES]
    if not found:
        key = "answer_no_awards" if attribute == "awards" else "answer_unknown"
        return Draft("answer", (say(key, title=item.label),), focus=(item.id,))
    text = say(f"answer_{attribute}", title=item.label, names=moment.phrases.join(moment.phrases.names(found)))
    return Draft("answer", (text,), evidence=found, focus=(item.id,))


def _plot(moment: Moment, item: Item, facts: Sequence[Fact]) -> Draft:
    makers = ("DIRECTED_BY",) if moment.phrases.domain.is_film else ("WRITTEN_BY", *_roles(moment))
    found = tuple(f for f in facts if f.relation in ("HAS_GENRE", "RUNS_FOR", *makers))[:5]
    clauses = [
        moment.phrases.say(f"fact_{relation.lower()}", seed=item.id, names=moment.phrases.join(names))
        for relation in dict.fromkeys(f.relation for f in found)
        if (names := moment.phrases.names(f for f in found if f.relation == relation))
    ]
    overview = (
        moment.phrases.say("answer_overview", title=item.label, facts=moment.phrases.say("comma").join(clauses))
        if clauses
        else ""
    )
    if plot := plot_of(item, moment.phrases):
        overview = (
            moment.phrases.say("sentence_facts", facts=moment.phrases.say("comma").join(clauses)) if clauses else ""
        )
    else:
        plot = moment.phrases.say("answer_no_plot", title=item.label)
    return Draft("answer", (f"{plot} {overview}".strip(),), evidence=found, focus=(item.id,))


def _yes_or_no(moment: Moment, item: Item, facts: Sequence[Fact], mention: Mention) -> Draft:
    found = tuple(fact for fact in facts if fact.object.id == mention.entity)
    if found:
        names = moment.phrases.join(moment.phrases.names(found[:1]))
        fact = moment.phrases.say(f"fact_{found[0].relation.lower()}", seed=item.id, names=names)
        text = moment.phrases.say("answer_yes", fact=f"{item.label}: {fact}.")
        return Draft("answer", (text,), evidence=found, focus=(item.id,))
    relation: Relation = "FEATURES" if mention.kind == "person" else "HAS_GENRE"
    known = tuple(fact for fact in facts if fact.relation == relation)[:_MOST_NAMES]
    key = "answer_cast" if mention.kind == "person" else "answer_genre"
    names = moment.phrases.join(moment.phrases.names(known))
    told = moment.phrases.say(key, title=item.label, names=names) if known else ""
    text = moment.phrases.say("answer_no", fact=told).strip()
    return Draft("answer", (text,), evidence=known, focus=(item.id,))


def _about_person(moment: Moment, parts: Parts, mention: Mention) -> Draft:
    """What a person directed, wrote or was seen in, within the years asked for, the best known first."""
    name = (mention.entity or "").removeprefix("person:")
    roles = [relation for relation, pattern in _ROLES if pattern.search(moment.utterance)]
    asked = moment.understanding.attribute
    if asked in ("director", "writer", "cast") and (not roles or _RELATION[asked] in roles):
        roles = [_RELATION[asked]]
    works = [fact for fact in parts.graph.works_of(mention.entity or "") if _within(fact, parts, moment)]
    chosen = [fact for fact in works if fact.relation in roles[:1]] or works
    shown = _first_items(chosen, _MOST_WORKS)
    if not shown:
        return Draft("answer", (moment.phrases.say("answer_person_none", name=name),))
    clauses = [
        moment.phrases.say(f"role_{relation.lower()}", titles=moment.phrases.join(titles))
        for relation in dict.fromkeys(fact.relation for fact in shown)
        if (titles := [fact.subject.name for fact in shown if fact.relation == relation])
    ]
    text = moment.phrases.say("answer_person", name=name, works="; ".join(clauses))
    ids = tuple(dict.fromkeys(fact.subject.id for fact in shown))
    return Draft("answer", (text,), evidence=tuple(shown), focus=ids)


def _roles(moment: Moment) -> tuple[Relation, ...]:
    return tuple(role.relation for role in moment.phrases.domain.roles)


def _within(fact: Fact, parts: Parts, moment: Moment) -> bool:
    said = moment.understanding.constraints
    limits = Limits(said.year_min, said.year_max, said.runtime_min, said.runtime_max)
    item = parts.catalogue.get(fact.subject.id)
    if item is None or fact.subject.id in moment.meant:
        return False
    return _keeps(item.year, limits.year_min, limits.year_max) and _keeps(
        item.runtime, limits.runtime_min, limits.runtime_max
    )


def _keeps(value: int | None, low: int | None, high: int | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


def _first_items(facts: Sequence[Fact], most: int) -> list[Fact]:
    """Returns the facts of the first `most` distinct items; one fact an item and role."""
    ids = list(dict.fromkeys(fact.subject.id for fact in facts))[:most]
    return [fact for fact in facts if fact.subject.id in ids]
