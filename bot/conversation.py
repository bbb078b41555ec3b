"""One turn, start to end: understand → learn → decide → act → tell. The state is the fold of the taste log."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Generator, Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

import structlog

from bot.acts import ACTS
from bot.editing import changed
from bot.feedback import Judged, as_verdict, taste_of
from bot.folding import changes
from bot.journal import Journal, Unsaved
from bot.limits import limit_names
from bot.listening import take_in, understand
from bot.moment import Draft, Moment
from bot.outage import noted
from bot.parts import Parts
from bot.people.holders import ME
from bot.policy import decide
from bot.pulse import Pulse
from bot.replies import Done, Recommended, Reply, ReplyEvent, TextDelta, Understood
from bot.store import MovedOnError, Store, TurnRecord
from bot.taste import Asked, Forgot, Lifted, Preferred, Redone, Scope, Shown, Taste, TasteEvent, Undone
from bot.turn_lock import Claim, TurnLock, claim
from bot.understanding.types import Attitude, Understanding
from bot.undoing import putting_back
from bot.watching import Watch
from kg.errors import GraphError, StoreError, TastemakerError
from retrieval.wish import Limits

_log = structlog.get_logger(__name__)
MOST_CHARACTERS = 4000
_TRIES = 5  # of a turn that other processes overtake: each try means that one of them got further
T = TypeVar("T")


def as_text(utterance: object) -> str:
    """Returns the utterance; raises TastemakerError for what is no text."""
    if isinstance(utterance, str):
        return utterance
    raise TastemakerError(f"say() takes text, not {type(utterance).__name__}. Decode or convert it first.")


class Conversation:
    """A talk with one user. Thread-safe: turns of one talk wait for each other.

    A stream is a turn until it was read to its end or closed. Until then whoever began it gets a TastemakerError from
    every other call that takes a turn or changes the taste, instead of waiting for themselves.
    """

    def __init__(self, parts: Parts, store: Store, user: str, talk: str, unsaved: Unsaved | None = None) -> None:
        self.user = user
        self.id = talk
        self.novelty = 0.2
        self._parts = parts
        self._journal = Journal(store, user, talk, {} if unsaved is None else unsaved)
        self._watch = Watch(store.uses, parts, user, talk)
        self._lock = TurnLock()

    @property
    def taste(self) -> Taste:
        """What is known of the user now; iterating gives the preferences with their source utterances."""
        return self._journal.taste

    @property
    def turns(self) -> tuple[TurnRecord, ...]:
        """The turns of this talk so far, oldest first."""
        return self._journal.turns

    def refresh(self) -> None:
        """Reads what another process did in this talk, as every turn does; not while a turn is being taken here."""
        with self._lock.if_free() as free:
            if free:
                self._journal.refresh()

    def say(self, utterance: str, speaker: str = ME) -> Reply:
        """Returns the whole reply to an utterance. Any text is accepted; nothing said is lost.

        In a talk of several, `speaker` is the name of who says it; what they like is then kept as theirs.
        """
        *_, last = self.stream(utterance, speaker=speaker)
        assert isinstance(last, Done)
        return last.reply

    def stream(
        self, utterance: str, pulse: Pulse | None = None, speaker: str = ME
    ) -> Generator[ReplyEvent, None, None]:
        """Yields the reply as events: understanding, recommendations (if any), text in pieces, done.

        A stream that is closed before the recommendations leaves the talk as it was. Cancelling `pulse` ends the wait
        for wordings. `speaker` is as for `say`.
        """
        return self._streamed(utterance, pulse, speaker, claim())

    def _streamed(
        self, utterance: str, pulse: Pulse | None, speaker: str, by: Claim
    ) -> Generator[ReplyEvent, None, None]:
        with self._lock.held(by):
            started = time.perf_counter()
            said = as_text(utterance)[:MOST_CHARACTERS]
            self._journal.refresh()
            understanding = understand(said, self._journal, self._parts)
            understood = time.perf_counter()
            yield Understood(understanding)
            moment, draft, unsaved = self._settled(lambda: self._taken(said, understanding, pulse, speaker))
            decided = time.perf_counter()
            text = "".join(draft.pieces)
            if draft.recommendations:
                yield Recommended(draft.recommendations)
            for piece in draft.pieces:
                yield TextDelta(piece)
            if unsaved:
                text += f"\n{unsaved}"
                yield TextDelta(f"\n{unsaved}")
            self._watch.turn(moment, draft)
            timings = {
                "understand": understood - started,
                "retrieve": draft.timings.get("retrieve", 0.0),
                "score": draft.timings.get("score", 0.0),
                "first_token": decided - started,
                "total": time.perf_counter() - started,
            }
            _log.info("turn", act=draft.act, intent=understanding.intent, seconds=round(timings["total"], 3))
            reply = Reply(
                text,
                draft.act,
                understanding,
                draft.recommendations,
                draft.evidence,
                timings,
                moment.number,
                draft.moves,
            )
            yield Done(reply)

    async def asay(self, utterance: str, speaker: str = ME) -> Reply:
        """The asynchronous twin of `say`."""
        return await asyncio.to_thread(self.say, utterance, speaker)

    async def astream(self, utterance: str, speaker: str = ME) -> AsyncIterator[ReplyEvent]:
        """The asynchronous twin of `stream`."""
        pulse, by = Pulse(), claim()
        events = self._streamed(utterance, pulse, speaker, by)
        step = asyncio.ensure_future(asyncio.to_thread(next, events, None))
        try:
            while (event := await asyncio.shield(step)) is not None:
                yield event
                step = asyncio.ensure_future(asyncio.to_thread(next, events, None))
        finally:
            # A generator cannot be closed while a thread is inside it; the thread waits for nothing more.
            pulse.cancel()
            by.mine = False
            step.add_done_callback(lambda _: events.close())

    def undo(self, steps: int = 1) -> Taste:
        """Takes the last changes back, one at least, and returns the taste without them; as it is without any."""
        most = max(1, steps)
        return self._edited(
            lambda: [Undone(self._journal.next_step, turn) for turn in changes(self._journal.log)[::-1][:most]]
        )

    def redo(self) -> Taste:
        """Puts back what the last undo took away, and returns the taste; without one, the taste as it is."""

        def restored() -> list[TasteEvent]:
            events = putting_back(self._journal.next_step, self._journal.log, {})
            return [event for event in events if isinstance(event, Redone)]

        return self._edited(restored)

    def change(
        self, key: str, *, attitude: Attitude | None = None, hard: bool | None = None, scope: Scope | None = None
    ) -> Taste:
        """Changes one preference by its key (`Preference.key`), as a panel does, and returns the taste with it.

        What is not given stays. The words it came from stay too. An unknown key changes nothing.
        """

        def stated() -> list[TasteEvent]:
            known, step = self.taste.of(key), self._journal.next_step
            return [Preferred(step, changed(known, step, attitude=attitude, hard=hard, scope=scope))] if known else []

        return self._edited(stated)

    def lift(self, limit: str) -> Taste:
        """Drops one limit by its name, as a panel does, and returns the taste without it.

        The name is a field of `Limits` ("year_min" …) or, for a number of the catalogue's own, "amount:price". An
        unknown one changes nothing.
        """

        def lifted() -> list[TasteEvent]:
            known = {*asdict(Limits()), *limit_names(self.taste.limits)}
            return [Lifted(self._journal.next_step, (limit,))] if limit in known else []

        return self._edited(lifted)

    def drop(self, key: str) -> Taste:
        """Forgets one preference by its key (`Preference.key`), as a panel does, and returns the taste without it."""
        return self._edited(lambda: [Forgot(self._journal.next_step, (key,))])

    def feedback(self, item_id: str, verdict: str) -> Taste:
        """Takes a verdict on an item ("up", "down", "seen", "dismissed") and returns the taste with it.

        It is logged for the scorer to learn from as well. Raises TastemakerError for an unknown item or verdict.
        """
        kind, item = as_verdict(verdict), self._parts.catalogue.get(item_id)
        if item is None:
            raise TastemakerError(f"There is no item '{item_id}' to take feedback on.")
        taste = self._edited(lambda: [taste_of(kind, item.id, item.label, self._journal.next_step)])
        self._watch.judged(Judged(self._journal.next_step - 1, item.id, kind))
        return taste

    def export(self) -> dict[str, Any]:
        """Returns all that is kept of this talk and this user's taste, ready for JSON."""
        taste = self.taste
        return {
            "user": self.user,
            "id": self.id,
            "turns": [asdict(turn) for turn in self.turns],
            "taste": [asdict(preference) for preference in taste.preferences],
            "limits": asdict(taste.limits),
            "events": [{"type": type(event).__name__, **asdict(event)} for event in self._journal.log],
        }

    def forget(self) -> None:
        """Deletes everything that is kept of this user, in every talk, and starts this one afresh."""
        with self._lock.held():
            self._journal.forget()

    def _edited(self, events_now: Callable[[], Sequence[TasteEvent]]) -> Taste:
        """The taste after a panel's events, which are kept as a turn's are."""

        def edit() -> Taste:
            if events := events_now():
                self._journal.keep(events)
            return self.taste

        with self._lock.held():
            self._journal.refresh()
            return self._settled(edit)

    def _settled(self, step: Callable[[], T]) -> T:
        """What a step returns; it is taken again where another process went on with the talk at the same moment."""
        for _ in range(_TRIES):
            try:
                return step()
            except MovedOnError:
                self._journal.refresh()
        return step()

    def _taken(
        self, said: str, understanding: Understanding, pulse: Pulse | None, speaker: str
    ) -> tuple[Moment, Draft, str]:
        """Decides, acts and keeps the turn; the text is a note for the user where the store refused it."""
        moment = replace(
            take_in(said, understanding, self._journal, self._parts, self.novelty, speaker), pulse=pulse, talk=self.id
        )
        draft = noted(self._act(moment), self._journal.turns, self._parts.graph, moment.phrases)
        return (moment, self._deleted(draft), "") if draft.deletes else (moment, draft, self._record(moment, draft))

    def _deleted(self, draft: Draft) -> Draft:
        """Deletes as `forget` does, and returns the draft that says so; where the store refuses, its sentence."""
        try:
            self._journal.forget()
        except StoreError as error:
            return Draft("apologise", (str(error),))
        return draft

    def _act(self, moment: Moment) -> Draft:
        if not moment.utterance.strip():
            return Draft("apologise", (moment.phrases.say("empty"),), focus=moment.focus)
        try:
            return ACTS[decide(moment)](moment, self._parts)
        except GraphError as error:
            return Draft("apologise", (str(error),), focus=moment.focus)

    def _record(self, moment: Moment, draft: Draft) -> str:
        """Keeps the turn in memory and in the store. Returns a note for the user when the store refuses it."""
        events: list[TasteEvent] = [*moment.learnt]
        if draft.recommendations:
            events.append(Shown(moment.number, tuple(r.item.id for r in draft.recommendations)))
        if draft.question:
            events.append(Asked(moment.number, draft.question.topic, draft.question.options))
        if draft.offered:
            events.append(draft.offered)
        text = "".join(draft.pieces)
        turn = TurnRecord(moment.number, moment.utterance, text, draft.act, draft.focus)
        try:
            self._journal.keep(events, turn)
        except MovedOnError:
            raise
        except StoreError as error:
            return moment.phrases.say("unsaved", reason=error)
        return ""
