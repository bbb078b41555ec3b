"""A reason for each of the company, item by item: what it has for them, and what of theirs it keeps out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.checking import free_of, holds
from bot.evidence import Chooser, Reason
from bot.parts import Parts
from bot.people.holders import owner_of, role_of
from bot.people.voices import Party, Voice
from bot.phrases import Phrases
from bot.replies import Explanation
from bot.taste import Preference
from bot.wording.filling import bare
from kg.items import Fact, Item, facts_of
from retrieval.constraints import MOST_OF_SCALE

_TELLING = ("shared", "wanted", "liked_kind", "together")
_OF_THE_WHOLE_LIST = ("wanted", "liked_kind")  # what every item has; something of its own is told beside it
_SHOWN_BY = {"genre": ("HAS_GENRE",), "person": ("DIRECTED_BY", "FEATURES")}
_MOST_FACTS = 6


def called(holder: str, phrases: Phrases) -> str:
    """Returns how we speak of somebody to the user: "you", "your wife", "Ann", "Ann's wife"."""
    role = role_of(holder)
    if role is None:
        return holder or phrases.say("who_me")
    words = role.zh if phrases.language == "zh" and role.zh else role.en
    owner = owner_of(holder)
    return phrases.say("who_role_of" if owner else "who_role", owner=owner, role=words[0])


def explain_to_all(items: Sequence[Item], party: Party, parts: Parts, phrases: Phrases) -> list[Explanation]:
    """Returns for each item a checked text with a reason for each person, and its evidence, true in the graph.

    Nothing that anyone dislikes or avoids is offered to anyone as a reason.
    """
    unwelcome = tuple(dict.fromkeys(entity for voice in party.voices for entity in voice.wish.disprefer))
    choosers = [
        Chooser(replace(voice.wish, must=voice.asked, disprefer=unwelcome, moves=()), parts) for voice in party.voices
    ]
    explained = []
    for item in items:
        sentences = list[str]()
        evidence = list[Fact]()
        for voice, chooser in zip(party.voices, choosers, strict=True):
            text, facts = _for_one(item, voice, chooser.choose(item), phrases, beside=voice is party.voices[0])
            sentences.append(text)
            evidence += facts
        explained.append(Explanation(phrases.say("between_sentences").join(sentences), tuple(dict.fromkeys(evidence))))
    return explained


def _for_one(
    item: Item, voice: Voice, reasons: Sequence[Reason], phrases: Phrases, *, beside: bool
) -> tuple[str, tuple[Fact, ...]]:
    """Returns one person's sentence with the facts that it rests on; a plain one where it would claim too much.

    `beside`: something of the item itself is told beside what every item of the list has.
    """
    who = called(voice.holder, phrases)
    telling = next((reason for reason in reasons if reason.kind in _TELLING), None)
    kept_out = next(_kept_out(item, voice.bans, phrases), None)
    clauses, facts, names = [], list[Fact](), [who]
    plain = next((reason for reason in reasons if reason.kind in ("limit", "plain")), None)
    if telling:
        told = _worded(telling, phrases)
        facts += telling.evidence
        names += [film.label for film in telling.films]
        if beside and plain and telling.kind in _OF_THE_WHOLE_LIST:
            told = phrases.say("for_beside", reason=told, fact=_fact(plain, phrases))
            facts += plain.evidence
        clauses.append(told)
    if kept_out:
        text, shown, name = kept_out
        clauses.append(text)
        facts += shown
        names.append(name)
    if not clauses and plain:
        clauses.append(_worded(plain, phrases))
        facts += plain.evidence
    said = phrases.say("clause_and").join(clauses) if clauses else phrases.say("for_nothing")
    sentence = phrases.say("for_one", who=who, reason=said)
    if not holds(sentence, facts, names):
        return phrases.say("for_one", who=who, reason=phrases.say("for_nothing")), ()
    return sentence, tuple(facts)


def _fact(reason: Reason, phrases: Phrases) -> str:
    names = [bare(fact, phrases.language) for fact in reason.facts]
    return phrases.say(f"fact_{(reason.relation or '').lower()}", names=phrases.join(names)) if reason.facts else ""


def _worded(reason: Reason, phrases: Phrases) -> str:
    fact = _fact(reason, phrases)
    return phrases.say(f"for_{reason.kind}", fact=fact, other=phrases.join([film.label for film in reason.films]))


def _kept_out(item: Item, bans: Sequence[Preference], phrases: Phrases) -> Iterator[tuple[str, tuple[Fact, ...], str]]:
    """Yields what the item is free of for somebody's sake, with the facts that show it, the latest ban first."""
    for ban in reversed(bans):
        entity = ban.entity
        if entity is None or ban.kind == "item" or not free_of(item, entity):
            continue
        kind, name = entity.partition(":")[0], phrases.called(entity)
        facts = facts_of(item)
        shown = tuple(f for f in facts if f.relation in _SHOWN_BY.get(kind, ("HAS_THEME", "HAS_MOOD"))) or facts
        name = name.lower() if kind == "genre" else name
        key = f"for_without_{kind}" if kind in ("person", "mood") else "for_without"
        if entity in MOST_OF_SCALE:
            name, key = MOST_OF_SCALE[entity][0], "for_hardly"
            name = phrases.say(f"scale_{name}")
            if item.axes and item.axes.estimated:
                key = "for_hardly_estimated"
        yield phrases.say(key, seed=item.id, name=name), shown[:_MOST_FACTS], name
