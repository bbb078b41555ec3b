"""Suggesting: ask retrieval, give each pick its reason, or say honestly that nothing fits. And "why this one?"."""

from dataclasses import replace

from bot.explanation import explain
from bot.moment import Draft, Moment
from bot.parts import Parts
from bot.replies import Recommendation
from retrieval.constraints import Relaxation, allowed_rows
from retrieval.ranking import Ranked
from retrieval.wish import Wish

_ENOUGH = 10  # a theme or mood is held to strictly only while this many items still have it


def recommend(moment: Moment, parts: Parts) -> Draft:
    """Returns picks with reasons; an apology with the smallest relaxation when nothing keeps every hard wish."""
    wish = held_to_keywords(moment, parts)
    ranked = parts.retriever.recommend(wish)
    timings = dict(ranked.timings)
    if not ranked.items:
        return _nothing(moment, ranked, timings)
    picks = tuple(
        Recommendation(found.item, found.score, explain(found.item, wish, parts, moment.phrases))
        for found in ranked.items
    )
    lines = [_intro(moment, wish, len(picks)), *(f"\n{_line(moment, n, pick)}" for n, pick in enumerate(picks, 1))]
    if note := _notes(moment):
        lines.append(f"\n{note}")
    if _knows_nothing(wish):
        lines.append("\n" + moment.phrases.say("ask_first", seed=moment.seed))
    evidence = tuple(dict.fromkeys(fact for pick in picks for fact in pick.explanation.evidence))
    return Draft("recommend", tuple(lines), picks, evidence, tuple(p.item.id for p in picks), timings)


def explain_shown(moment: Moment, parts: Parts) -> Draft:
    """Returns why an already shown item was suggested, with the user's own words that led to it."""
    ids = moment.meant or moment.focus[:1] or moment.taste.last_shown[:1]
    item = parts.catalogue.get(ids[0]) if ids else None
    if item is None:
        return Draft("explain", (moment.phrases.say("explain_nothing"),))
    wish = replace(moment.wish, liked=tuple(i for i in moment.wish.liked if i != item.id))
    explanation = explain(item, wish, parts, moment.phrases)
    pieces = [moment.phrases.say("explain_intro", title=item.label, reason=explanation.text)]
    objects = {fact.subject.id for fact in explanation.evidence} | {fact.object.id for fact in explanation.evidence}
    sources = [p.utterance for p in moment.taste.preferences if p.entity in objects and p.utterance]
    if sources:
        pieces.append(" " + moment.phrases.say("explain_said", said=_short(sources[-1])))
    return Draft("explain", tuple(pieces), evidence=explanation.evidence, focus=(item.id,))


def held_to_keywords(moment: Moment, parts: Parts) -> Wish:
    """Returns the wish with wanted themes and moods made hard, as long as enough items have them.

    Only a part of a catalogue may carry themes, so they cannot be hard from the start.
    """
    wish = moment.wish
    wanted = [p.entity for p in moment.taste.having("want") if p.kind == "keyword" and p.entity]
    for entity in wanted:
        stricter = replace(wish, must=(*wish.must, frozenset({entity})))
        if allowed_rows(parts.retriever.index.columns, stricter).sum() >= max(_ENOUGH, wish.count):
            wish = stricter
    return wish


def _intro(moment: Moment, wish: Wish, found: int) -> str:
    if found < wish.count:
        return moment.phrases.say("intro_fewer", count=found)
    intents = moment.understanding.intents or (moment.understanding.intent,)
    for intent, key in (("reject", "intro_rejected"), ("critique", "intro_critique"), ("inform", "intro_noted")):
        if intents[0] == intent:
            return moment.phrases.say(key, seed=moment.seed)
    return moment.phrases.say("intro_more" if moment.before.shown else "intro_first", seed=moment.seed)


def _line(moment: Moment, rank: int, pick: Recommendation) -> str:
    return moment.phrases.say("pick", rank=rank, label=pick.item.label, reason=pick.explanation.text)


def _notes(moment: Moment) -> str:
    """What could not be taken into account: titles we do not have, bans that the catalogue cannot check."""
    mentions = moment.understanding.mentions
    unknown = [m.text for m in mentions if m.kind in ("item", "person") and m.entity is None]
    unchecked = [m.text for m in mentions if m.attitude == "avoid" and m.entity is None and m.text not in unknown]
    notes = [moment.phrases.say("not_in_catalogue", name=name) for name in unknown[:2]]
    if unchecked:
        notes.append(moment.phrases.say("cannot_check", names=moment.phrases.join(unchecked)))
    return " ".join(notes)


def _knows_nothing(wish: Wish) -> bool:
    return not (wish.liked or wish.must or wish.prefer or wish.moves or wish.base)


def _nothing(moment: Moment, ranked: Ranked, timings: dict[str, float]) -> Draft:
    say = moment.phrases.say
    pieces = [say("nothing_fits")]
    best = next((r for r in ranked.relaxations if r.frees > 0), None)
    pieces.append(" " + (say("relax_one", what=_what(moment, best), count=best.frees) if best else say("relax_none")))
    return Draft("apologise", tuple(pieces), timings=timings)


def _what(moment: Moment, relaxation: Relaxation) -> str:
    names = moment.phrases.join([entity.split(":", 1)[-1] for entity in sorted(relaxation.entities)])
    if relaxation.limit is not None:
        return moment.phrases.say(f"what_wider_{relaxation.constraint}", value=relaxation.limit)
    return moment.phrases.say(f"what_{relaxation.constraint}", names=names)


def _short(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
