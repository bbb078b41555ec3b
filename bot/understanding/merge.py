"""Where an utterance's readings become one Understanding.

    rules    numbers, ordinals, plain words for changes and questions   always; on numbers their word is final
             plain words for attitudes ("never seen X")                 always; their word is final
    linker   names of the catalogue, with their ids                     always
    tagger   acts, spans, attitudes, the rest                           where its weights are there
    model    the same, slower                                           asked when the tagger is unsure
    acts     "recommend", bare limits, common foreign phrases           always; their word is final
    negation "nothing with", "without", "X is out"                      always; a ban outvotes a wish
    cues     the commonest wordings                                     only without the tagger
    chinese  cue words between the catalogue's names                    for Chinese, which the tagger reads badly

Each part may be absent, and the model may be late. A mention is always a copy of characters of the utterance.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import structlog

from bot.understanding import acts, chinese, cues, naming, rules, voting
from bot.understanding.asked import asked
from bot.understanding.links import Links
from bot.understanding.negation import hardened
from bot.understanding.reading import Reading, Span
from bot.understanding.rules import attitudes
from bot.understanding.rules.moves import Move, found
from bot.understanding.rules.words import lower
from bot.understanding.text import readable
from bot.understanding.types import Attribute, Context, Mention, Source, Understanding
from kg.linking.types import Spot
from retrieval.wish import Critique

log = structlog.get_logger(__name__)
SURE = 0.75
"""Below this probability of the best act the model is asked."""
SURE_SPAN = 0.6
"""Below this confidence of any span the model is asked."""
SURE_ATTITUDE = 0.6
"""Below this probability of any attitude the model is asked for them."""
_FIELDS = ("intent", "mentions", "constraints", "reference", "attribute", "critique")
VETO = 0.08
"""Below this probability of a change its plain words are not believed."""
LONG = 400
"""Characters of a text beyond which the model is not asked: it would see a part only, or be late."""


class Reads(Protocol):
    """A part that reads an utterance; None when it has no answer (late, busy, unreadable)."""

    def read(self, text: str, context: Context) -> Reading | None:
        """Returns a reading of `text` (made readable), never raises for any text."""
        ...


class Weighs(Protocol):
    """A part that knows the attitude to things which others found."""

    def weigh(self, text: str, context: Context, spans: Sequence[Span]) -> Mapping[Span, Sequence[float]]:
        """Returns for the spans that it came to the probabilities of the attitudes; never raises for any text."""
        ...


class Understander:
    """Reads utterances with all the parts there are. Any number of threads may ask at once."""

    def __init__(
        self, links: Links, tagger: Reads | None = None, model: Reads | None = None, weigher: Weighs | None = None
    ) -> None:
        self._links = links
        self._tagger = tagger
        self._model = model
        self._weigher = weigher

    def understand(self, utterance: str, context: Context, spoken_of: Sequence[str] = ()) -> Understanding:
        """Returns the meaning of any text. `spoken_of` are ids of items lately talked about, the latest first.

        An injection means nothing, whatever it names.
        """
        if cues.injected(utterance):
            return Understanding(intents=("other",), sources=dict.fromkeys(_FIELDS, "rules"))
        text = readable(utterance)
        spots = self._links.spot(text, context=spoken_of)
        reading, source = self._read(text, context, spots)
        spans = naming.mended(text, reading.spans, spots, self._links)
        shown = naming.shown(text, spans, context.shown)
        spans += tuple(replace(each, attitude=cues.attitude(text[: each.start], reading.intents)) for each in shown)
        if "recommend" in reading.intents:
            spans += naming.compared(text, spans, context.shown)
        reading = replace(reading, spans=self._weighed(text, context, spans) if source != "rules" else spans)
        question = context.history[-1].text if context.history and context.history[-1].role == "bot" else ""
        reading = replace(reading, spans=attitudes.told(text, reading.spans, question))
        reading = acts.settled(text, reading, context)
        mentions = self._mentions(utterance, text, reading, spots, source, spoken_of)
        titles = [(m.start, m.start + len(m.text)) for m in mentions if m.kind == "item"]
        constraints = rules.constraints(text, titles, question)
        if (request := acts.limited(text, reading, mentions, constraints, context)) is not reading:
            reading = request
            mentions = self._mentions(utterance, text, reading, spots, source, spoken_of)
        reference, reference_source = _reference(text, titles, context, reading, source)
        intents = reading.intents or ("other",)
        plain = lower(text)
        changed = _moves(plain, reading, mentions) if "critique" in intents and context.shown else ()
        mentions = tuple(mention for mention in mentions if not any(_within(mention, move) for move in changed))
        return Understanding(
            intent=intents[0],
            mentions=mentions,
            constraints=constraints,
            reference=reference,
            attribute=_attribute(plain, reading),
            critique=_critique(changed, reading) if "critique" in intents and context.shown else (),
            intents=intents,
            confidence=reading.confidence,
            sources={
                "intent": source,
                "mentions": source,
                "constraints": "rules",
                "reference": reference_source,
                "attribute": source,
                "critique": source,
            },
        )

    def _read(self, text: str, context: Context, spots: tuple[Spot, ...]) -> tuple[Reading, Source]:
        """Returns the tagger's reading, joined with the model's where it is unsure; cues where there is no tagger."""
        if not text.strip():
            return Reading(("other",)), "rules"
        if chinese.is_chinese(text):
            return chinese.read(text, context, naming.as_spans(spots)), "rules"
        tagged = self._tagger.read(text, context) if self._tagger else None
        if tagged is not None and not _doubtful(tagged, text):
            return tagged, "tagger"
        read = self._model.read(text, context) if self._model else None
        if tagged is not None:
            return (voting.joined(tagged, read), "model") if read else (tagged, "tagger")
        cued = cues.read(text, context, naming.as_spans(spots))
        return (read, "model") if read and read.intents else (cued, "rules")

    def _weighed(self, text: str, context: Context, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Returns the spans with the attitudes that tagger and model find together, if the tagger is unsure of one."""
        unsure = [span for span in spans if span.sure < SURE_ATTITUDE]
        if not self._weigher or not unsure or len(text.strip()) > LONG:
            return tuple(spans)
        weighed = self._weigher.weigh(text, context, spans)
        return tuple(voting.joined_attitude(span, weighed[span]) if span in weighed else span for span in spans)

    def _mentions(
        self,
        utterance: str,
        text: str,
        reading: Reading,
        spots: tuple[Spot, ...],
        source: Source,
        spoken_of: Sequence[str],
    ) -> tuple[Mention, ...]:
        """Returns each thing named once, linked."""
        spans = reading.spans
        added = naming.missed(spans, spots, acts.named(text)) if source != "rules" else []
        added = [replace(span, attitude=cues.attitude(text[: span.start], reading.intents)) for span in added]
        mentions: dict[str, Mention] = {}
        linker_found = {span.start for span in added}
        for span in hardened(text, (*spans, *added), reading.intents):
            named = utterance[span.start : span.end]
            linked = self._links.link(named, span.kind, context=spoken_of)
            rivals = () if linked.series else tuple(rival for rival, _ in linked.rivals)
            finder: Source = "linker" if span.start in linker_found else source
            mention = Mention(
                named, span.kind, span.attitude, linked.entity_id, span.start, rivals, finder, linked.also
            )
            mentions.setdefault(named.lower(), mention)
        return tuple(mentions.values())


def _doubtful(reading: Reading, text: str) -> bool:
    """Says whether the model is worth asking; not for a text it would see a part of only."""
    unsure = reading.confidence < SURE or any(span.confidence < SURE_SPAN for span in reading.spans)
    return unsure and len(text.strip()) <= LONG


def _reference(
    text: str, titles: Sequence[tuple[int, int]], context: Context, reading: Reading, source: Source
) -> tuple[int | None, Source]:
    """Returns which film is meant: a place by the rules unless the reader is sure that no place is meant."""
    place = rules.place(text, titles, len(context.shown))
    if place is not None and reading.doubts.get("place", 1.0) > 0.1:
        return place, "rules"
    if reading.reference == 0:
        return 0, source
    return None, source


def _attribute(plain: str, reading: Reading) -> Attribute | None:
    """Returns what is asked: plain words first, unless the reader is very sure of something else."""
    if not {"ask", "compare"} & set(reading.intents):
        return None
    worded = asked(plain)
    if worded is None or (reading.doubts.get("attribute", 0.0) > 0.9 and reading.attribute):
        return reading.attribute
    return worded


def _within(mention: Mention, move: Move) -> bool:
    """Says whether a word is the move's own ("dark" of "too dark"), which makes it no thing named."""
    inside = move.start <= mention.start and mention.start + len(mention.text) <= move.end
    return inside and mention.kind in ("genre", "keyword")


def _moves(plain: str, reading: Reading, mentions: Sequence[Mention]) -> tuple[Move, ...]:
    """Returns the changes in plain words; names of things do not count.

    Where something else is said first, the reader may be sure that the words mean no change.
    """
    least = 0.0 if reading.intents[:1] == ("critique",) else VETO
    likely = [move for move in found(plain) if reading.doubts.get(f"move {move.name}", 1.0) >= least]
    for mention in mentions:
        if not any(_within(mention, move) for move in likely):
            plain = re.sub(rf"(?<!\w){re.escape(lower(mention.text))}(?!\w)", lambda match: "\0" * len(match[0]), plain)
    left = {move.name for move in found(plain)}
    return tuple(move for move in likely if move.name in left)


def _critique(changed: Sequence[Move], reading: Reading) -> tuple[Critique, ...]:
    """Returns the changes asked for: those in plain words, else those that the reader finds.

    What a reader adds to plain words was wrong wherever the gold rows kept from training had it.
    """
    return tuple(dict.fromkeys(move.name for move in changed)) or tuple(reading.critique)
