"""Which film is it: "what was that one where a man is stuck on Mars?"."""

from bot.acts.plot import plot_of
from bot.moment import Draft, Moment
from bot.parts import Parts
from bot.questions import described

_GUESSES = 3


def identify(moment: Moment, parts: Parts) -> Draft:
    """Returns the items that a description comes nearest to, said as guesses: likeness of texts is no proof."""
    items = parts.retriever.described(described(moment.utterance) or moment.utterance, _GUESSES)
    if not items:
        return Draft("answer", (moment.phrases.say("cannot_answer"),), focus=moment.focus)
    first, *others = [item.label for item in items]
    pieces = [moment.phrases.say("identified", title=first)]
    if plot := plot_of(items[0], moment.phrases):
        pieces.append(f" {plot}")
    if others:
        pieces.append(" " + moment.phrases.say("identified_else", titles=moment.phrases.join(others)))
    return Draft("answer", tuple(pieces), focus=tuple(item.id for item in items))
