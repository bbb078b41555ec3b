"""Suggesting: ask retrieval, give each pick its reason, or say honestly that nothing fits."""

from dataclasses import replace

from bot.acts.next_moves import next_moves
from bot.acts.notes import notes
from bot.acts.question import in_words, question_for
from bot.acts.relaxing import relaxation_in_words
from bot.acts.settling import settlement
from bot.answered import wants_no_question
from bot.explanation import explain_all
from bot.moment import Draft, Listing, Moment
from bot.parts import Parts
from bot.people.reasons import explain_to_all
from bot.people.voices import settled
from bot.replies import Recommendation
from bot.taste import Taste
from retrieval.constraints import allowed_rows
from retrieval.exploring import Exploring
from retrieval.ranking import Ranked
from retrieval.wish import Wish

_ENOUGH = 10  # a theme or mood is held to strictly only while this many items still have it


def recommend(moment: Moment, parts: Parts) -> Draft:
    """Returns picks with reasons; an apology with the smallest relaxation when nothing keeps every hard wish."""
    wish = held_to_keywords(moment.wish, moment.taste.present, parts)
    party = settled(moment.voices, wish, parts.retriever.index.columns) if moment.voices else None
    if party:
        wish = party.wish
        ranked = parts.retriever.recommend_to_all(party.wishes, party.combine)
    else:
        # chance is fixed by the talk and the turn, so that a turn that is taken again shows the same
        exploring = Exploring(parts.explore, f"{moment.talk}:{moment.number}") if parts.explore else None
        ranked = parts.retriever.recommend(wish, exploring)
    timings = dict(ranked.timings)
    if not ranked.items:
        return _nothing(moment, wish, ranked, parts, timings)
    items = [found.item for found in ranked.items]
    if party:
        why = explain_to_all(items, party, parts, moment.phrases)
    else:
        why = explain_all(items, wish, parts, moment.phrases, moment.pulse)
    picks = tuple(
        Recommendation(found.item, found.score, reason) for found, reason in zip(ranked.items, why, strict=True)
    )
    lines = [_intro(moment, wish, len(picks)), *(f"\n{_line(moment, n, pick)}" for n, pick in enumerate(picks, 1))]
    lines += [f"\n{said}" for said in (settlement(party, moment, parts) if party else ())]
    if note := notes(moment):
        lines.append(f"\n{note}")
    question = None
    if _knows_nothing(wish) and not wants_no_question(moment.utterance):
        lines.append("\n" + moment.phrases.say("ask_first", seed=moment.seed))
    elif question := question_for(moment, ranked, parts):
        lines.append("\n" + in_words(question, moment.phrases, moment.seed))
    evidence = tuple(dict.fromkeys(fact for pick in picks for fact in pick.explanation.evidence))
    focus = tuple(pick.item.id for pick in picks)
    moves = next_moves(replace(wish, standing=moment.taste.steers), focus, parts, moment.phrases)
    listing = Listing(wish, ranked.propensities)
    return Draft("recommend", tuple(lines), picks, evidence, focus, timings, question, moves, listing)


def held_to_keywords(wish: Wish, taste: Taste, parts: Parts) -> Wish:
    """Returns the wish with wanted themes and moods made hard, as long as enough items have them.

    Only a part of a catalogue may carry themes, so they cannot be hard from the start.
    """
    known = parts.retriever.index.columns
    # a wish that no item of this catalogue could keep (another kind of shop) is no wish to fail by
    wish = replace(wish, must=tuple(group for group in wish.must if known.mask_of(group).any()))
    latest_first = reversed(taste.having("want"))
    wanted = [p.entity for p in latest_first if p.kind == "keyword" and p.entity and p.strength >= 1]
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


def _knows_nothing(wish: Wish) -> bool:
    return not (wish.liked or wish.must or wish.prefer or wish.leanings or wish.moves or wish.base)


def _nothing(moment: Moment, wish: Wish, ranked: Ranked, parts: Parts, timings: dict[str, float]) -> Draft:
    """Says what keeps everything out: the wishes together, or that all that fits is known; then the least change."""
    say = moment.phrases.say
    known = int(allowed_rows(parts.retriever.index.columns, replace(wish, exclude=frozenset())).sum())
    why = say("nothing_new", count=known) if known else say("nothing_fits")
    best = next((relaxation for relaxation in ranked.relaxations if relaxation.frees > 0), None)
    if best is None:
        offer = say("relax_none")
    else:
        offer = say("relax_one", what=relaxation_in_words(moment.phrases, best), count=best.frees)
    return Draft("apologise", (why, f" {offer}"), timings=timings)
