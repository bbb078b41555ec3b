"""Which talk a request goes on with. OpenAI's clients send the whole history and no id, so the history is the key.

After each answer the history up to it leads to its talk. Who comes with that history goes on there, once: a second one
with the same history (an edited message, a stranger with the same words) gets a talk of its own, in which the earlier
messages are said again first. A talk named by its id needs no history. The bookmarks are in the store, so that any of
several processes may get the next message.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot import TastemakerError
from bot.channels.http_models import ChatRequest, Message
from bot.channels.turns import LONGEST_TALK, LONGEST_USER, Talks, short_id

_log = structlog.get_logger(__name__)
CONVERSATION = "conversation"
MOST_REPLAYED = 20  # earlier messages that are said again where no talk is known; the latest ones


@dataclass(frozen=True, slots=True)
class Place:
    """Where an utterance is said: by whom, in which talk, after which earlier utterances are said again."""

    name: str
    user: str
    talk: str
    utterance: str
    replayed: tuple[str, ...]
    history: tuple[tuple[str, str], ...]


def place_of(request: ChatRequest, header: str | None, talks: Talks) -> Place:
    """Returns the place of a request whose last message is the user's. Raises ValueError where it is not."""
    spoken = [message for message in request.messages if message.role in ("user", "assistant")]
    if not spoken or spoken[-1].role != "user":
        raise ValueError("The last message must be the user's: it is what gets answered.")
    named = (header or (request.metadata or {}).get(CONVERSATION) or "").strip()
    history = tuple((message.role, " ".join(message.words.split())) for message in spoken)
    earlier: tuple[str, ...] = ()
    name = named or (talks.take_bookmark(_key(request.user, history[:-1])) if history[:-1] else None)
    if not name:
        name, earlier = uuid.uuid4().hex, _said(spoken[:-1])
    user = short_id("http", request.user, most=LONGEST_USER) if request.user else _nobody(name)
    talk = short_id("http", name, _digest(user), most=LONGEST_TALK)
    return Place(name, user, talk, spoken[-1].words, earlier, history)


def answered(request: ChatRequest, place: Place, answer: str, talks: Talks) -> None:
    """Remembers that who comes back with this answer goes on in this talk.

    A store that refuses is no error: that client's next message then begins a talk of its own, its history said again.
    """
    history = (*place.history, ("assistant", " ".join(answer.split())))
    try:
        talks.put_bookmark(_key(request.user, history), place.name, place.user)
    except TastemakerError as error:
        _log.warning("bookmark refused", reason=str(error))


def _said(messages: Sequence[Message]) -> tuple[str, ...]:
    return tuple(message.words for message in messages if message.role == "user")[-MOST_REPLAYED:]


def _nobody(name: str) -> str:
    """A user of one talk only, so that nothing is carried from one stranger to the next."""
    return short_id("http-nobody", name, most=LONGEST_USER)


def _key(user: str | None, history: Sequence[tuple[str, str]]) -> str:
    return _digest(repr((user, tuple(history))))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
