"""How long a user waits: a fixed set of warm turns, timed to the items, the first word, and the whole answer."""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles

from bot import Conversation, Done, Recommended, Recommender, TextDelta

TALKS: tuple[tuple[str, ...], ...] = (
    (
        "I loved Inception, something newer without Tom Cruise?",
        "under two hours please",
        "from the 90s",
        "the second one, who directed it?",
        "I've seen the first one",
        "something lighter",
    ),
    (
        "a heist film with a twist",
        "not animated",
        "give me three lesser known ones",
        "compare the first and the last",
        "why that one?",
        "what do you know about me?",
    ),
    (
        "my wife loves romantic comedies but i can't stand musicals, what should we watch tonight",
        "older ones",
        "something like Parasite then, in korean",
        "no, none of these",
        "how long is the first one?",
        "sounds good, thanks!",
    ),
)


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds, and mebibytes of the process at its largest.

    `ready` is until the recommended items are known, over the turns that recommend; `first_word` until the first piece
    of text, `answer` until the end of the answer, over all turns; `start` is the opening of the recommender.
    """

    ready_p50: float
    ready_p95: float
    first_word_p50: float
    answer_p50: float
    start_seconds: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class _Turn:
    ready: float | None
    first_word: float
    answer: float


def evaluate_latency(
    opener: Callable[[], Recommender], rounds: int = 3, tell: Callable[[str], None] = lambda _: None
) -> Latency:
    """Returns the latencies over `rounds` of all talks, after one unmeasured round that warms everything.

    `opener` opens the recommender, and is timed. The talks' user is forgotten afterwards.
    """
    started = time.perf_counter()
    with opener() as recommender:
        start_seconds = time.perf_counter() - started
        turns: list[_Turn] = []
        for number in range(rounds + 1):
            tell(f"round {number} of {rounds}" if number else "warming up")
            found = [turn for talk in TALKS for turn in _talk(recommender.conversation(user="latency"), talk)]
            recommender.conversation(user="latency").forget()
            turns += found if number else []
    ready = [turn.ready for turn in turns if turn.ready is not None]
    return Latency(
        ready_p50=median(ready),
        ready_p95=quantiles(ready, n=20)[-1],
        first_word_p50=median(turn.first_word for turn in turns),
        answer_p50=median(turn.answer for turn in turns),
        start_seconds=start_seconds,
        memory_mb=_memory_mb(),
    )


def table(latency: Latency) -> str:
    """Returns the figures as lines of text."""
    return "\n".join(f"{name:16} {value:9.3f}" for name, value in asdict(latency).items())


def _talk(conversation: Conversation, utterances: Sequence[str]) -> list[_Turn]:
    return [_timed(conversation, utterance) for utterance in utterances]


def _timed(conversation: Conversation, utterance: str) -> _Turn:
    started = time.perf_counter()
    ready: float | None = None
    first_word: float | None = None
    for event in conversation.stream(utterance):
        now = time.perf_counter() - started
        if isinstance(event, Recommended):
            ready = now
        elif isinstance(event, TextDelta) and first_word is None:
            first_word = now
        elif isinstance(event, Done):
            return _Turn(ready, now if first_word is None else first_word, now)
    raise AssertionError("a stream ends with Done")


def _memory_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
