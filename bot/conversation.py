"""One turn, start to end: understand → learn → decide → act → tell. The state is the fold of the taste log."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Generator
from dataclasses import asdict, replace
from typing import Any

import structlog

from bot.acts import ACTS
from bot.answered import answered
from bot.clarifying import clarified
from bot.editing import edit, is_edit
from bot.learning import learn
from bot.moment import Draft, Moment
from bot.parts import Parts
from bot.phrases import language_of, phrases
from bot.policy import decide
from bot.references import meant
from bot.relenting import relent
from bot.replies import Done, Recommended, Reply, ReplyEvent, TextDelta, Understood
from bot.store import Store, TurnRecord
from bot.taste import Asked, Forgot, Shown, Taste, TasteEvent, Undone, carried, fold, last_change
from bot.understanding.types import Context, Turn, Understanding
from bot.wishing import wish_of
from kg.errors import GraphError, StoreError, TastemakerError

_log = structlog.get_logger(__name__)
MOST_CHARACTERS = 4000
Unsaved = dict[str, tuple[tuple[TasteEvent, ...], tuple[TurnRecord, ...]]]
"""What the store refused, by talk: kept by the recommender, since a talk may be opened anew for every turn."""
_REMEMBERED_TURNS = 2  # of the user and as many of the bot: what the understanding is labelled with


def as_text(utterance: object) -> str:
    """Returns the utterance; raises TastemakerError for what is no text."""
    if isinstance(utterance, str):
        return utterance
    raise TastemakerError(f"say() takes text, not {type(utterance).__name__}. Decode or convert it first.")


class Conversation:
    """A talk with one user. Thread-safe: turns of one talk wait for each other."""

    def __init__(self, parts: Parts, store: Store, user: str, talk: str, unsaved: Unsaved | None = None) -> None:
        self.user = user
        self.id = talk
        self.novelty = 0.2
        self._parts = parts
        self._store = store
        self._unsaved = {} if unsaved is None else unsaved
        self._lock = threading.Lock()
        logged = store.events(user)
        self._carried = carried((entry.talk, entry.event) for entry in logged if entry.talk != talk)
        self._log: list[TasteEvent] = [entry.event for entry in logged if entry.talk == talk]
        self._turns = store.turns(talk)
        self._saved = (len(self._log), len(self._turns))
        events, turns = self._unsaved.get(talk, ((), ()))
        self._log += events
        self._turns += turns

    @property
    def taste(self) -> Taste:
        """What is known of the user now; iterating gives the preferences with their source utterances."""
        return fold([*self._carried, *self._log])

    @property
    def turns(self) -> tuple[TurnRecord, ...]:
        """The turns of this talk so far, oldest first."""
        return tuple(self._turns)

    def say(self, utterance: str) -> Reply:
        """Returns the whole reply to an utterance. Any text is accepted; nothing said is lost."""
        *_, last = self.stream(utterance)
        assert isinstance(last, Done)
        return last.reply

    def stream(self, utterance: str) -> Generator[ReplyEvent, None, None]:
        """Yields the reply as events: understanding, recommendations (if any), text in pieces, done.

        A stream that is closed before the recommendations leaves the talk as it was.
        """
        with self._lock:
            started = time.perf_counter()
            number = len(self._turns) + 1
            said = as_text(utterance)[:MOST_CHARACTERS]
            understanding = self._understand(said)
            understood = time.perf_counter()
            yield Understood(understanding)
            moment = self._learn(said, understanding, number)
            draft = self._act(moment)
            decided = time.perf_counter()
            text, unsaved = "".join(draft.pieces), self._record(moment, draft)
            if draft.recommendations:
                yield Recommended(draft.recommendations)
            for piece in draft.pieces:
                yield TextDelta(piece)
            if unsaved:
                text += f"\n{unsaved}"
                yield TextDelta(f"\n{unsaved}")
            timings = {
                "understand": understood - started,
                "retrieve": draft.timings.get("retrieve", 0.0),
                "score": draft.timings.get("score", 0.0),
                "first_token": decided - started,
                "total": time.perf_counter() - started,
            }
            _log.info("turn", act=draft.act, intent=understanding.intent, seconds=round(timings["total"], 3))
            reply = Reply(text, draft.act, understanding, draft.recommendations, draft.evidence, timings, number)
            yield Done(reply)

    async def asay(self, utterance: str) -> Reply:
        """The asynchronous twin of `say`."""
        return await asyncio.to_thread(self.say, utterance)

    async def astream(self, utterance: str) -> AsyncIterator[ReplyEvent]:
        """The asynchronous twin of `stream`."""
        events = self.stream(utterance)
        step = asyncio.ensure_future(asyncio.to_thread(next, events, None))
        try:
            while (event := await asyncio.shield(step)) is not None:
                yield event
                step = asyncio.ensure_future(asyncio.to_thread(next, events, None))
        finally:
            # A generator cannot be closed while a thread is inside it.
            step.add_done_callback(lambda _: events.close())

    def undo(self) -> Taste:
        """Takes the last change back and returns the taste without it; with nothing to undo, the taste as it is."""
        with self._lock:
            of_turn = last_change(self._log)
            if of_turn is not None:
                self._append([Undone(len(self._turns), of_turn)])
            return self.taste

    def drop(self, key: str) -> Taste:
        """Forgets one preference by its key (`Preference.key`), as a panel does, and returns the taste without it."""
        with self._lock:
            self._append([Forgot(len(self._turns), (key,))])
            return self.taste

    def export(self) -> dict[str, Any]:
        """Returns all that is kept of this talk and this user's taste, ready for JSON."""
        taste = self.taste
        return {
            "user": self.user,
            "id": self.id,
            "turns": [asdict(turn) for turn in self._turns],
            "taste": [asdict(preference) for preference in taste.preferences],
            "limits": asdict(taste.limits),
            "events": [{"type": type(event).__name__, **asdict(event)} for event in self._log],
        }

    def forget(self) -> None:
        """Deletes everything that is kept of this user, in every talk, and starts this one afresh."""
        with self._lock:
            self._store.forget(self.user)
            self._store.begin(self.id, self.user)
            self._carried, self._log, self._turns, self._saved = [], [], [], (0, 0)

    def _understand(self, utterance: str) -> Understanding:
        taste = self.taste
        history = tuple(
            turn
            for record in self._turns[-_REMEMBERED_TURNS:]
            for turn in (Turn("user", record.utterance), Turn("bot", record.reply))
        )
        items = [item for id_ in taste.shown if (item := self._parts.catalogue.get(id_))]
        context = Context(history, tuple(item.label for item in items))
        return self._parts.understander.understand(utterance, context, self._focus() + taste.last_shown)

    def _learn(self, utterance: str, understanding: Understanding, number: int) -> Moment:
        before, focus = self.taste, self._focus()
        last_act = self._turns[-1].act if self._turns else ""
        if last_act == "ask":
            understanding = clarified(understanding, utterance, focus, self._parts.catalogue.get)
        asked = next((asked for asked in before.asked if asked.turn == number - 1), None)
        understanding = answered(understanding, utterance, asked)
        items = meant(understanding, utterance, before.last_shown, focus, self._parts.catalogue.get)
        if last_act == "apologise" and "accept" in understanding.intents:
            understanding = replace(understanding, intent="recommend", intents=("recommend",))
            learnt = self._relented(before, utterance, number)
        elif is_edit(understanding, utterance, before):
            understanding = replace(understanding, intent="edit")
            learnt = edit(understanding, utterance, number, before, self._log, items)
        else:
            learnt = learn(understanding, utterance, number, before, items)
        taste = fold([*self._carried, *self._log, *learnt])
        wish = wish_of(taste, understanding, utterance, items, self.novelty)
        words = phrases(language_of(utterance))
        return Moment(number, utterance, understanding, before, taste, tuple(learnt), wish, items, focus, words)

    def _relented(self, taste: Taste, utterance: str, number: int) -> list[TasteEvent]:
        """The relaxation that was offered when nothing fitted, now agreed to."""
        ranked = self._parts.retriever.recommend(wish_of(taste, Understanding("recommend"), ""))
        best = next((relaxation for relaxation in ranked.relaxations if relaxation.frees > 0), None)
        return relent(best, taste, number, utterance) if best else []

    def _act(self, moment: Moment) -> Draft:
        if not moment.utterance.strip():
            return Draft("apologise", (moment.phrases.say("empty"),), focus=moment.focus)
        try:
            return ACTS[decide(moment)](moment, self._parts)
        except GraphError as error:
            return Draft("apologise", (str(error),), focus=moment.focus)

    def _record(self, moment: Moment, draft: Draft) -> str:
        """Keeps the turn in memory and in the store. Returns a note for the user when the store refuses it."""
        self._log += moment.learnt
        if draft.recommendations:
            self._log.append(Shown(moment.number, tuple(r.item.id for r in draft.recommendations)))
        if draft.question:
            self._log.append(Asked(moment.number, draft.question.topic, draft.question.options))
        text = "".join(draft.pieces)
        self._turns.append(TurnRecord(moment.number, moment.utterance, text, draft.act, draft.focus))
        try:
            self._save()
        except StoreError as error:
            return moment.phrases.say("unsaved", reason=error)
        return ""

    def _append(self, events: list[TasteEvent]) -> None:
        self._log += events
        self._save()

    def _save(self) -> None:
        """Writes what is not yet stored: after a refusal, the next turn brings the missing ones along."""
        events, turns = self._log[self._saved[0] :], self._turns[self._saved[1] :]
        self._unsaved[self.id] = (tuple(events), tuple(turns))
        self._store.append(self.id, self.user, events, turns)
        self._saved = (len(self._log), len(self._turns))
        del self._unsaved[self.id]

    def _focus(self) -> tuple[str, ...]:
        return next((turn.focus for turn in reversed(self._turns) if turn.focus), ())
