"""What an utterance teaches of everybody whom it speaks for, and who is in company. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.learning import learn
from bot.people.gathering import Gathering
from bot.people.holders import EVERYONE, Naming
from bot.people.portions import Portion
from bot.taste import Accepted, Forgot, Gathered, Preferred, Refused, Restarted, Taste, TasteEvent
from bot.understanding.types import Understanding

ATTENDS = 20  # turns: who has said nothing of their taste for so long has left a talk of several speakers
_OURS = ("my ", "our ")
_OF_THE_TALK = (Accepted, Refused)  # said of what was shown to all


def learn_all(
    shared: Sequence[Portion], utterance: str, turn: int, taste: Taste, meant: Sequence[str]
) -> list[TasteEvent]:
    """Returns the events that the portions of one utterance add to the log, each with its holder.

    `meant` are the shown items referred to: "Bob has seen the first one" is Bob's, if he is all it speaks for.
    """
    speaker, others = shared[0], shared[1:]
    bare = not speaker.utterance.strip() and not speaker.understanding.mentions
    points_at = others[0].holder if bare and len(others) == 1 else speaker.holder
    events: list[TasteEvent] = []
    for portion in shared:
        said = meant if portion.holder == points_at else ()
        taught = learn(portion.understanding, portion.utterance, turn, taste.of_holders(portion.holder), said)
        first = portion is speaker
        events += [
            _held_by(portion.holder, event, utterance, speaker.holder)
            for event in taught
            if first or not isinstance(event, _OF_THE_TALK)
        ]
    return events


def _held_by(holder: str, event: TasteEvent, utterance: str, speaker: str) -> TasteEvent:
    if isinstance(event, Restarted):
        return replace(event, holders=(holder,))
    if isinstance(event, Preferred):
        # "my kids" as a reason for family films; "My Girl" and "a family film" name nobody
        of_somebody = event.preference.text.casefold().startswith(_OURS) and event.preference.kind != "item"
        named = Naming((), speaker).by_role(event.preference.text) if of_somebody else ()
        whose = named[0] if named else holder
        return replace(event, preference=replace(event.preference, holder=whose, utterance=utterance))
    return event


def gathered(
    asked: Gathering | None, shared: Sequence[Portion], taste: Taste, turn: int, speaker: str
) -> list[TasteEvent]:
    """Returns the events that say who is in company after an utterance; [] when nobody comes or goes.

    Somebody whose taste is told joins by that alone. In a talk of several speakers, who speaks is there, and who has
    told nothing of their taste for long is gone.
    """
    company = taste.company
    if speaker:
        latest = {p.holder: p.turn for p in taste.preferences}
        company = tuple(h for h in company if turn - latest.get(h, turn) <= ATTENDS)
        company = tuple(dict.fromkeys((*company, speaker)))
    if asked:
        named = taste.holders if EVERYONE in asked.holders else asked.holders
        match asked.kind:
            case "only":
                company = tuple(named)
            case "without" | "forget":
                company = tuple(holder for holder in company if holder not in named)
            case "join":
                company = tuple(dict.fromkeys((*company, *named)))
            case "show":
                pass
    company = company or (speaker,)
    return [Gathered(turn, company)] if company != taste.company else []


def forgotten(asked: Gathering, taste: Taste, turn: int) -> list[TasteEvent]:
    """Returns the event that forgets all that is known of the people named; [] when nothing is."""
    keys = tuple(p.key for p in taste.preferences if p.holder in asked.holders)
    return [Forgot(turn, keys)] if keys else []


def edited_taste(understanding: Understanding, taste: Taste, holder: str, *, alone: bool) -> Taste:
    """Returns the taste that an edit is of: what `holder` holds.

    Where one person talks for all (`alone`), "drop the violence ban" is of whoever of the company holds one.
    """
    named = {mention.entity for mention in understanding.mentions}
    people = (holder, *(other for other in taste.company if other != holder)) if alone else ()
    holds = (who for who in people if any(p.entity in named for p in taste.of_holders(who).preferences))
    return taste.of_holders(next(holds, holder))


def own_only(events: Sequence[TasteEvent], own: Taste) -> list[TasteEvent]:
    """Returns the events of an edit by one of several speakers: "forget everything" forgets what is their own."""
    keys = tuple(preference.key for preference in own.preferences)
    forgets = [isinstance(event, Forgot) and not event.keys for event in events]
    return [
        Forgot(event.turn, keys) if forgets_all else event
        for event, forgets_all in zip(events, forgets, strict=True)
        if keys or not forgets_all
    ]
