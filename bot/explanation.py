"""Why these items, for this person: facts are chosen first, then worded, then the words are checked against them."""

from collections.abc import Sequence

from bot.checking import holds
from bot.evidence import Chooser, Reason
from bot.parts import Parts
from bot.phrases import Phrases
from bot.pulse import Pulse
from bot.replies import Explanation
from bot.wording.filling import bare, filled, is_subject
from bot.wording.shapes import Shape, shape_of
from kg.items import Fact, Item
from retrieval.wish import Wish

_VARIANTS = 12  # seeds that are tried for a variant of a phrase


def explain(item: Item, wish: Wish, parts: Parts, phrases: Phrases) -> Explanation:
    """Returns the reason for one item; see `explain_all`."""
    return explain_all([item], wish, parts, phrases)[0]


def explain_all(
    items: Sequence[Item], wish: Wish, parts: Parts, phrases: Phrases, pulse: Pulse | None = None
) -> list[Explanation]:
    """Returns the reasons for a list of items as checked texts with their evidence, all of it true in the graph.

    Facts and wordings are chosen for the whole list, so that no two texts read alike. Nothing the person avoids or
    dislikes is offered as a reason. A wording that claims more than its facts is replaced by another, then by a
    template. `pulse` ends the wait for wordings that the model has yet to write.
    """
    chooser = Chooser(wish, parts)
    cards = [(item, chooser.choose(item)) for item in items]
    shapes = [(item, reason, shape_for(reason, phrases)) for item, reasons in cards for reason in reasons]
    worded = [(item.id, shape) for item, _, shape in shapes if shape]
    drawn = parts.wordings.draw(worded, pulse) if parts.wordings and worded else [()] * len(worded)
    offers = iter(drawn)
    said = [(reason, _worded(reason, shape, next(offers) if shape else ())) for _, reason, shape in shapes]
    sentences, told = iter(said), set[str]()
    return [_explained(item, [next(sentences) for _ in reasons], phrases, told) for item, reasons in cards]


def shape_for(reason: Reason, phrases: Phrases) -> Shape | None:
    """Returns the shape that a model may word; None for what only templates tell."""
    films = len(reason.films) if reason.relation else 0
    shape = shape_of(phrases.language, reason.kind, reason.relation, len(reason.facts), films)
    fit = phrases.domain.is_film and shape.known and all(is_subject(fact) for fact in reason.facts)
    return shape if fit else None


def _worded(reason: Reason, shape: Shape | None, offers: Sequence[str]) -> str | None:
    """Returns the first of the offered wordings, two at most, that holds with the names put in."""
    if shape is None:
        return None
    films = [film.label for film in reason.films] if shape.films else []
    texts = (filled(offer, shape, reason.facts, films) for offer in offers[:2])
    scale = ("10",) if reason.relation == "RATED" else ()
    return next((text for text in texts if holds(text, reason.evidence, scale)), None)


def _explained(item: Item, said: Sequence[tuple[Reason, str | None]], phrases: Phrases, told: set[str]) -> Explanation:
    sentences = [text or _template(reason, item, phrases, told) for reason, text in said]
    evidence = tuple(dict.fromkeys(fact for reason, _ in said for fact in reason.evidence))
    return Explanation(
        phrases.say("between_sentences").join(sentences), evidence, worded=bool(said) and all(text for _, text in said)
    )


def _template(reason: Reason, item: Item, phrases: Phrases, told: set[str]) -> str:
    """Returns the plain sentence for a reason, from the phrases: a variant that the list has not told yet."""
    key = f"{reason.kind}_{(reason.relation or 'talks').lower()}"
    other = phrases.join([film.label for film in reason.films])
    seeds = [f"{item.id}{key}{number}" for number in range(_VARIANTS)]
    fresh = (seed for seed in seeds if phrases.say(key, seed=seed, names="", other="") not in told)
    seed = next(fresh, seeds[0])
    told.add(phrases.say(key, seed=seed, names="", other=""))
    text = phrases.say(key, seed=seed, names=_spoken(reason.facts, phrases), other=other)
    return phrases.say("sentence", text=text[:1].upper() + text[1:])


def _spoken(facts: Sequence[Fact], phrases: Phrases) -> str:
    """Returns the objects' names as a list: genres in small letters, themes without an "and" ("father and son")."""
    names = [bare(fact, phrases.language) for fact in facts]
    themes = all(fact.relation == "HAS_THEME" for fact in facts)
    return phrases.say("comma").join(names) if themes else phrases.join(names)
