"""A question in words: added at the end of suggestions, never in their way."""

from bot.asking import Question, topics_left
from bot.moment import Moment
from bot.parts import Parts
from bot.phrases import Phrases
from retrieval.ranked import Ranked


def question_for(moment: Moment, ranked: Ranked, parts: Parts) -> Question | None:
    """Returns the question worth asking beside these suggestions, or None."""
    topics = topics_left(moment.taste, moment.wish, moment.utterance)
    return parts.asks(parts.retriever.index, ranked.belief, topics) if topics else None


def in_words(question: Question, phrases: Phrases, seed: str) -> str:
    """Returns the question as a sentence in the language of the phrases."""
    if question.topic in ("tone", "length"):
        return phrases.say(f"question_{question.topic}", seed=seed)
    options = [phrases.called(f"{question.topic}:{name}") for name in question.options]
    if question.topic in ("genre", "mood"):
        options = [name.lower() for name in options]
    if question.topic == "decade":
        options = [phrases.say("decade", name=_decade(name)) for name in sorted(options)]
    choices = phrases.say("or_list", first=phrases.say("comma").join(options[:-1]), last=options[-1])
    return phrases.say(f"question_{question.topic}", seed=seed, choices=choices)


def _decade(name: str) -> str:
    """Returns "80" of "1980s", and "2010" of "2010s": how decades are spoken."""
    return name[2:4] if name < "2000" else name[:4]
