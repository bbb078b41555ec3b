"""Why this item was suggested, with the user's own words that led to it; or why another one was not."""

from collections.abc import Sequence
from dataclasses import replace

from bot.acts.relaxing import broken_in_words
from bot.explanation import explain
from bot.moment import Draft, Moment
from bot.parts import Parts
from bot.people.reasons import explain_to_all
from bot.people.voices import settled
from kg.items import Fact, Item

_SHORT = 120  # characters of the user's own words that are quoted


def explain_item(moment: Moment, parts: Parts) -> Draft:
    """Returns the reasons of the item meant; for one that was never shown, what kept it out."""
    named = [m.entity for m in moment.understanding.mentions if m.kind == "item" and m.entity]
    ids = (*moment.meant, *named, *moment.focus[:1], *moment.taste.last_shown[:1])
    item = parts.catalogue.get(ids[0]) if ids else None
    if item is None:
        return Draft("explain", (moment.phrases.say("explain_nothing"),))
    return _why(moment, parts, item) if item.id in moment.taste.shown else _why_not(moment, parts, item)


def _why(moment: Moment, parts: Parts, item: Item) -> Draft:
    wish = replace(moment.wish, liked=tuple(id_ for id_ in moment.wish.liked if id_ != item.id))
    if moment.voices:
        party = settled(moment.voices, wish, parts.retriever.index.columns)
        explanation = explain_to_all([item], party, parts, moment.phrases)[0]
    else:
        explanation = explain(item, wish, parts, moment.phrases)
    pieces = [moment.phrases.say("explain_intro", title=item.label, reason=explanation.text)]
    if words := _words_behind(moment, explanation.evidence):
        pieces.append(" " + moment.phrases.say("explain_said", said=words))
    return Draft("explain", tuple(pieces), evidence=explanation.evidence, focus=(item.id,))


def _why_not(moment: Moment, parts: Parts, item: Item) -> Draft:
    """Names the constraint, or the place in the ranking, that kept the item out."""
    say = moment.phrases.say
    known = moment.taste.of(item.id)
    if known:
        text = say("why_not_known", title=item.label, said=known.utterance[:_SHORT])
        return Draft("explain", (text,), focus=(item.id,))
    standing = parts.retriever.explain_exclusion(item.id, moment.wish)
    if standing.broken:
        broken = moment.phrases.join([broken_in_words(moment.phrases, found, moment.wish) for found in standing.broken])
        text = say("why_not_broken", title=item.label, broken=broken)
    elif against := parts.retriever.against(item.id, moment.wish):
        moves = moment.phrases.join([say(f"move_{move}") for move in against])
        text = say("why_not_moves", title=item.label, moves=moves)
    else:
        (fit,) = parts.retriever.weigh([item.id], moment.wish)
        text = say("why_not_rank", title=item.label, rank=fit.place)
    return Draft("explain", (text,), focus=(item.id,))


def _words_behind(moment: Moment, evidence: Sequence[Fact]) -> str:
    """The latest utterance that put something of the evidence into the taste."""
    objects = {fact.subject.id for fact in evidence} | {fact.object.id for fact in evidence}
    sources = [p.utterance for p in moment.taste.preferences if p.entity in objects and p.utterance]
    text = sources[-1] if sources else ""
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"
