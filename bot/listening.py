"""From an utterance to a Moment: what it means here, what it teaches, and the wish that follows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answered import answered
from bot.clarifying import clarified
from bot.deleting import deletion
from bot.editing import edit, is_edit, kind_of, naming_bans
from bot.journal import Journal
from bot.moment import Moment, Supposed
from bot.moving import lasting, moving
from bot.own import limits_said
from bot.parts import Parts
from bot.people.gathering import Gathering, gathering
from bot.people.holders import ME
from bot.people.portions import Portion, portions
from bot.people.teaching import edited_taste, forgotten, gathered, learn_all, own_only
from bot.people.voices import voices_of
from bot.phrases import language_of, phrases
from bot.references import meant
from bot.relenting import relent
from bot.rereading import asks_of_them, of_them, pointed, reread
from bot.supposing import agrees, supposed
from bot.taste import Limited, Moved, Offered, Taste, TasteEvent
from bot.understanding.types import Context, Intent, Turn, Understanding
from bot.wishing import wish_of
from retrieval.wish import Limits

_REMEMBERED_TURNS = 2  # of the user and as many of the bot: what the understanding is labelled with
_STEERING: frozenset[Intent] = frozenset({"recommend", "critique", "inform", "reject"})


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance in its talk: its meaning, the shown items that it refers to, what it teaches."""

    utterance: str
    understanding: Understanding
    meant: tuple[str, ...]
    learnt: tuple[TasteEvent, ...]
    shared: tuple[Portion, ...] = ()
    gathering: Gathering | None = None


def understand(utterance: str, journal: Journal, parts: Parts) -> Understanding:
    """Returns what the utterance means after the last turns of the talk."""
    taste = journal.taste
    history = tuple(
        turn
        for record in journal.turns[-_REMEMBERED_TURNS:]
        for turn in (Turn("user", record.utterance), Turn("bot", record.reply))
    )
    items = [item for id_ in taste.shown if (item := parts.catalogue.get(id_))]
    context = Context(history, tuple(item.label for item in items))
    return parts.understander.understand(utterance, context, journal.focus + taste.last_shown)


def take_in(
    utterance: str, understanding: Understanding, journal: Journal, parts: Parts, novelty: float, speaker: str = ME
) -> Moment:
    """Returns the moment: nothing is kept yet. What is only supposed changes nothing; agreed to, it is said.

    `speaker` is the name of who talks, where several people do.
    """
    before, last = journal.taste, journal.last
    # several speakers share one log: there each may have their own taste forgotten, and nobody deletes it for all
    deleting = None if speaker else deletion(utterance, last)
    supposition = supposed(utterance) if before != Taste() and not deleting else None
    agreed = supposed(last.utterance) if last and last.act == "answer" and agrees(utterance) else None
    if deleting:
        heard = Heard(utterance, Understanding("edit", intents=("edit",)), (), ())
    elif clause := supposition or agreed:
        heard = _hear(clause, understand(clause, journal, parts), journal, parts, speaker)
    else:
        heard = _hear(utterance, understanding, journal, parts, speaker)
    if agreed:
        heard = replace(heard, understanding=replace(heard.understanding, intent="recommend", intents=("recommend",)))
    after = journal.taste_with(heard.learnt)
    wish = wish_of(after.present, heard.understanding, heard.utterance, heard.meant, novelty)
    moment = Moment(
        number=journal.next_step,
        utterance=utterance,
        understanding=heard.understanding,
        before=before,
        taste=after,
        learnt=heard.learnt,
        wish=wish,
        meant=heard.meant,
        focus=journal.focus,
        phrases=phrases(language_of(utterance), parts.retriever.index.domain),
        speaker=speaker,
        gathering=heard.gathering,
        voices=voices_of(after, heard.shared, wish),
        deletion=deleting,
    )
    if supposition is None:
        return moment
    return replace(moment, taste=before, learnt=(), supposed=Supposed(supposition, after, heard.learnt))


def _hear(utterance: str, understanding: Understanding, journal: Journal, parts: Parts, speaker: str) -> Heard:
    """Returns the utterance heard in its talk; `understanding` is put right by what was asked and shown before."""
    before, focus, last, find = journal.taste, journal.focus, journal.last, parts.catalogue.get
    number = journal.next_step
    if last and last.act == "ask":
        understanding = clarified(understanding, utterance, focus, find)
    asked = next((asked for asked in before.asked if last and asked.turn == last.number), None)
    understanding = answered(understanding, utterance, asked)
    if asks_of_them(understanding, utterance):
        understanding = of_them(understanding, _people_before(journal, parts))
    understanding = reread(understanding, utterance, shown=bool(before.shown or focus))
    understanding = moving(understanding, utterance, shown=bool(before.last_shown))
    items = meant(understanding, utterance, before.last_shown, focus, find, before.shown)
    understanding = pointed(understanding, utterance, items)
    understanding = naming_bans(understanding, utterance, before)
    asked_of = gathering(utterance, before.holders, speaker)
    shared = portions(understanding, utterance, before.holders, speaker)
    whose = edited_taste(understanding, before, shared[-1].holder, alone=not speaker)
    if not speaker and kind_of(understanding, utterance) == "stress":
        whose = before  # "strictly" is of what was said last, whoever it was said of
    if asked_of and asked_of.kind in ("forget", "show"):
        understanding = replace(understanding, intent="edit", intents=("edit",), mentions=())
        learnt = forgotten(asked_of, before, number) if asked_of.kind == "forget" else []
    elif last and last.act == "apologise" and "accept" in understanding.intents and not understanding.mentions:
        understanding = replace(understanding, intent="recommend", intents=("recommend",))
        learnt = _relented(journal, utterance, number)
    elif not asked_of and is_edit(understanding, utterance, whose):
        understanding = replace(understanding, intent="edit")
        if kind_of(understanding, utterance) == "change":
            learnt = learn_all(shared, utterance, number, before, items)
        else:
            kept = items or _named_films(understanding) or focus[:1]
            learnt = edit(understanding, utterance, number, whose, journal.log, kept, journal.words())
            learnt = own_only(learnt, whose) if speaker else learnt
    else:
        if asked_of and asked_of.bare:
            understanding = Understanding("recommend", intents=("recommend",))
            shared = portions(understanding, utterance, before.holders, speaker)
        learnt = learn_all(shared, utterance, number, before, items)
        learnt += _measured(utterance, number, items or before.last_shown, parts)
        learnt += _moved(understanding, utterance, number, journal.taste_with(learnt), items)
    learnt += gathered(asked_of, shared, journal.taste_with(learnt), number, speaker)
    named = tuple(dict.fromkeys(mention for portion in shared for mention in portion.understanding.mentions))
    understanding = replace(understanding, mentions=named if understanding.mentions else ())
    return Heard(utterance, understanding, items, tuple(learnt), shared, asked_of)


def _named_films(understanding: Understanding) -> tuple[str, ...]:
    return tuple(m.entity for m in understanding.mentions if m.kind == "item" and m.entity)


def _measured(utterance: str, number: int, base: Sequence[str], parts: Parts) -> list[TasteEvent]:
    """Limits on numbers of the catalogue's own; "cheaper" is less than the middle of the items in `base`."""
    items = [item for id_ in base if (item := parts.catalogue.get(id_))]
    amounts = limits_said(utterance, parts.retriever.index.domain, items)
    return [Limited(number, utterance, Limits(amounts=amounts))] if amounts else []


def _people_before(journal: Journal, parts: Parts) -> list[str]:
    """The ids of whom "he" or "she" may be: who was named in the turn before, else who made the film spoken of."""
    last = journal.last
    before = understand(last.utterance, journal, parts) if last else None
    people = [m.entity for m in before.mentions if m.kind == "person" and m.entity] if before else []
    film = parts.catalogue.get(journal.focus[0]) if journal.focus else None
    asked = {"writer": film.writers, "cast": film.cast}.get(before.attribute or "") if before and film else None
    return people or [f"person:{name}" for name in (asked or (film.directors if film else ()))]


def _moved(
    understanding: Understanding, utterance: str, number: int, taste: Taste, meant: Sequence[str]
) -> list[TasteEvent]:
    """A critique holds on: "lighter", then "newer", asks for both. One that does not hold is kept to be undone."""
    if understanding.intent not in _STEERING:
        return []
    wish = wish_of(taste, understanding, utterance, meant)
    return [Moved(number, utterance, lasting(wish.moves, wish.base))] if wish.moves and wish.base else []


def _relented(journal: Journal, utterance: str, number: int) -> list[TasteEvent]:
    """The change that the last turn offered, since nothing fitted, now agreed to; [] where it offered none."""
    offers = (e for e in journal.log if isinstance(e, Offered) and journal.last and e.turn == journal.last.number)
    return [event for offered in offers for event in relent(offered, number, utterance)]
