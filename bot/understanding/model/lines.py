"""The compact lines that the tuned small model reads and writes: nine tokens where JSON needs thirty.

    two shown
    bot: How about Heat (1995) or Ronin (1998)?
    user: the second one, who directed it? no Tom Cruise please
    =
     ask critique
     avoid person Tom Cruise
     place
     ask director

Acts come first, best first; then a line for each thing named, in order; then what is meant, asked and changed.
Numbers have no line: they are the rules' task.
"""

import re

from bot.understanding.reading import Span
from bot.understanding.types import Attitude, Attribute, Context, Intent, MentionKind
from prompts import load
from retrieval.wish import Critique

INTENT_WORDS: dict[Intent, str] = {
    "recommend": "recommend", "inform": "inform", "critique": "change", "accept": "accept", "reject": "reject",
    "ask": "ask", "explain": "explain", "compare": "compare", "edit": "edit", "greet": "greet", "thanks": "thanks",
    "bye": "bye", "help": "help", "other": "other",
}  # fmt: skip
KIND_WORDS: dict[MentionKind, str] = {
    "item": "film", "person": "person", "genre": "genre", "keyword": "topic", "language": "language",
    "country": "country",
}  # fmt: skip
ATTITUDE_WORDS: dict[Attitude, str] = {
    "like": "like", "dislike": "hate", "seen": "seen", "want": "want", "avoid": "avoid", "about": "about",
}  # fmt: skip
CRITIQUE_WORDS: dict[Critique, str] = {
    "newer": "newer", "older": "older", "shorter": "shorter", "longer": "longer", "lighter": "lighter",
    "darker": "darker", "better_known": "famous", "lesser_known": "obscure", "different": "different",
    "similar": "similar",
}  # fmt: skip
ATTRIBUTE_WORDS: dict[Attribute, str] = {
    "director": "director", "cast": "cast", "year": "year", "genre": "genre", "runtime": "runtime",
    "language": "language", "country": "country", "writer": "writer", "rating": "rating", "awards": "awards",
    "plot": "plot",
}  # fmt: skip
REFERENCE_WORDS = {0: "it", 1: "place"}
QUESTION, CHANGE = "question", "more"
BEFORE = 110
"""Characters of the bot's last turn that are shown to the model, the last ones."""
LONGEST = 600
"""Characters of an utterance that are shown to the model."""


def prompt(text: str, context: Context) -> str:
    """Returns what the model is asked; it ends where the answer begins. `text` is on one line."""
    turn = next((turn.text for turn in reversed(context.history) if turn.role == "bot"), "")
    many = ("nothing", "one", "two")[len(context.shown)] if len(context.shown) < 3 else "many"
    before = " ".join(turn[-BEFORE:].split())
    return load("understanding_small").format(many=many, before=before, utterance=text[:LONGEST]) + "\n"


def answer(
    text: str,
    spans: tuple[Span, ...],
    intents: tuple[Intent, ...],
    reference: int | None,
    attribute: Attribute | None,
    critique: tuple[Critique, ...],
) -> str:
    """Returns the lines that say the given labels; the last ends with a blank line."""
    lines = [" " + " ".join(INTENT_WORDS[intent] for intent in intents)]
    seen: set[str] = set()
    for span in spans:
        wording = without_year(text[span.start : span.end])
        if wording.lower() not in seen and span.end <= LONGEST:
            lines.append(f" {ATTITUDE_WORDS[span.attitude]} {KIND_WORDS[span.kind]} {wording}")
            seen.add(wording.lower())
    if reference is not None:
        lines.append(f" {REFERENCE_WORDS[min(abs(reference), 1)]}")
    if attribute:
        lines.append(f" {QUESTION} {ATTRIBUTE_WORDS[attribute]}")
    if critique:
        lines.append(f" {CHANGE} " + " ".join(CRITIQUE_WORDS[name] for name in critique))
    return "\n".join(lines) + "\n\n"


def without_year(title: str) -> str:
    """Returns a title without "(1995)" behind it: five tokens that nobody needs to copy."""
    return re.sub(r"\s*\((?:1[89]|20)\d\d\)$", "", title) or title
