"""Suggesting: ask retrieval, give each pick its reason, or say honestly that nothing fits."""

from dataclasses import replace

from bot.acts.next_moves import next_moves
from bot.acts.notes import notes
from bot.acts.question import in_words, question_for
from bot.acts.relaxing import relaxation_in_words
from bot.acts.settling import settlement
from bot.answered import wants_no_question
from bot.choosing import choose
from bot.explanation import explain_all
from bot.moment import Draft, Listing, Moment
from bot.parts import Parts
from bot.people.reasons import explain_to_all
from bot.relenting import offer
from bot.replies import Recommendation
from retrieval.constraints import allowed_rows
from retrieval.exploring import Exploring
from retrieval.ranked import Ranked
from retrieval.wish import Wish


def recommend(moment: Moment, parts: Parts) -> Draft:
    """Returns picks with reasons; an apology with the smallest relaxation when nothing keeps every hard wish."""
    # chance is fixed by the talk and the turn, so that a turn that is taken again shows the same
    exploring = Exploring(parts.explore, f"{moment.talk}:{moment.number}") if parts.explore else None
    choice = choose(moment.wish, moment.taste, moment.voices, parts, exploring)
    wish, ranked, party = choice.wish, choice.ranked, choice.party
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
        words, change = say("relax_none"), None
    else:
        words = say("relax_one", what=relaxation_in_words(moment.phrases, best), count=best.frees)
        change = offer(best, moment.taste.present, moment.number)
    return Draft("apologise", (why, f" {words}"), timings=timings, offered=change)
