"""Scripted conversations with the real system: acts, items and taste are asserted, prose is not.

Every turn of every script is also held to what must always be true: facts hold, bans and limits are kept, nothing
that was seen, refused or shown comes again.
"""

from pathlib import Path
from typing import Literal

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

from bot import Conversation, Recommender, Reply, Taste
from bot.checking import holds
from bot.limits import without_limits
from kg.items import facts_of
from retrieval.constraints import broken
from retrieval.wish import Limits, Wish

SCRIPTS = sorted((Path(__file__).parent.parent / "conversations").glob("*.yaml"))


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Every(Strict):
    """What must hold of every recommended item."""

    year_min: int | None = None
    year_max: int | None = None
    runtime_min: int | None = None
    runtime_max: int | None = None
    having: list[str] = []
    without: list[str] = []


class Known(Strict):
    """A preference that the taste must hold."""

    entity: str
    holder: str = ""
    attitude: Literal["like", "dislike", "seen", "want", "avoid"]
    hard: bool | None = None
    scope: Literal["talk", "always"] | None = None


class Step(Strict):
    """One utterance and what must follow."""

    say: str
    speaker: str = ""
    act: str | list[str] | None = None
    intent: str | list[str] | None = None
    count: int | None = None
    every: Every = Every()
    knows: list[Known] = []
    knows_not: list[str] = []
    limits: dict[str, int | None] = {}
    relations: list[str] = []
    objects: list[str] = []
    subjects: list[str] = []
    text_has: list[str] = []
    text_has_not: list[str] = []
    taste_stays: bool = False
    moves: list[str] = []
    another_talk: bool = False
    undo: bool = False


class Script(Strict):
    """A conversation file."""

    about: str
    turns: list[Step]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_script(path: Path, recommender: Recommender) -> None:
    script = Script.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    chat = recommender.conversation(user=f"script-{path.stem}")
    chat.forget()
    for step in script.turns:
        if step.another_talk:
            chat = recommender.conversation(user=chat.user)
        before = chat.taste
        reply = chat.say(step.say, speaker=step.speaker)
        _always(reply, before, chat, recommender)
        if step.taste_stays:
            assert chat.taste == before, f"after {step.say!r}: {chat.taste} was {before}"
        _as_scripted(step, reply, chat)


def test_there_are_enough_scripts() -> None:
    assert len(SCRIPTS) >= 10


def _always(reply: Reply, before: Taste, chat: Conversation, recommender: Recommender) -> None:
    """What no turn may break, whatever was said."""
    told_off = {p.entity for p in chat.taste if p.kind == "item" and p.attitude in ("seen", "dislike", "avoid")}
    never = told_off | before.refused | set(before.shown)
    for pick in reply.recommendations:
        assert pick.item.id not in never, f"{pick.item.label} was seen, refused or shown before"
        bans = ("avoid", "dislike")
        against = [p for p in chat.taste.present if p.kind != "item" and p.attitude in bans and p.entity]
        banned = {p.entity for p in against if p.hard and p.entity}
        wish = Wish(avoid=frozenset(banned), limits=without_limits(chat.taste.limits, chat.taste.leaned))
        assert not broken(pick.item, wish), f"{pick.item.label} breaks {broken(pick.item, wish)}"
        assert pick.explanation.evidence
        assert holds(pick.explanation.text, pick.explanation.evidence, chat.taste.holders), pick.explanation.text
        assert not {p.entity for p in against} & {fact.object.id for fact in pick.explanation.evidence}
    for fact in (*reply.evidence, *(f for pick in reply.recommendations for f in pick.explanation.evidence)):
        item = recommender.catalogue.get(fact.subject.id)
        assert item is not None and fact in facts_of(item)
        assert recommender.parts.graph.holds(fact)


def _as_scripted(step: Step, reply: Reply, chat: Conversation) -> None:
    said = f"after {step.say!r}: {reply.act} {reply.understanding.intents} {reply.text!r}"
    _one_of(reply.act, step.act, said)
    _one_of(reply.understanding.intent, step.intent, said)
    if step.count is not None:
        assert len(reply.recommendations) == step.count, said
    kept = Wish(
        must=tuple(frozenset(group.split("|")) for group in step.every.having),
        avoid=frozenset(step.every.without),
        limits=_limits(step.every),
    )
    for pick in reply.recommendations:
        assert not broken(pick.item, kept), f"{said}: {pick.item.label} breaks {broken(pick.item, kept)}"
    for known in step.knows:
        found = chat.taste.of(f"{known.holder}|{known.entity}" if known.holder else known.entity)
        assert found and found.attitude == known.attitude, f"{said}: {known} is not in {chat.taste.preferences}"
        assert known.hard in (None, found.hard) and known.scope in (None, found.scope), f"{said}: {found}"
    for entity in step.knows_not:
        assert not any(p.entity == entity for p in chat.taste), f"{said}: {entity} is still known"
    for name, value in step.limits.items():
        assert getattr(chat.taste.limits, name) == value, f"{said}: {chat.taste.limits}"
    facts = reply.evidence
    assert set(step.relations) <= {fact.relation for fact in facts}, said
    assert set(step.objects) <= {fact.object.id for fact in facts}, said
    assert set(step.subjects) <= {fact.subject.id for fact in facts}, said
    for words in step.text_has:
        assert words.lower() in reply.text.lower(), said
    for words in step.text_has_not:
        assert words.lower() not in reply.text.lower(), said
    assert set(step.moves) <= {move.name for move in reply.moves}, f"{said}: {reply.moves}"
    if step.undo:
        chat.undo()


def _limits(every: Every) -> Limits:
    return Limits(every.year_min, every.year_max, every.runtime_min, every.runtime_max)


def _one_of(found: str, wanted: str | list[str] | None, said: str) -> None:
    if wanted is not None:
        assert found in ([wanted] if isinstance(wanted, str) else wanted), said
