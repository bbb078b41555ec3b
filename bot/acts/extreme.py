"""The shortest, the best rated, the cheapest … of the items just shown."""

from bot.extremes import Extreme, asked_for
from bot.moment import Draft, Moment
from bot.parts import Parts
from kg.items import Fact, Item


def extreme(moment: Moment, parts: Parts) -> Draft:
    """Returns which of the shown items it is, by which number, and which comes next; all of them where they are equal.

    Says so where the catalogue does not hold the number.
    """
    found = asked_for(moment.utterance, moment.phrases.domain)
    assert found is not None
    ids = moment.meant if len(moment.meant) > 1 else moment.before.last_shown
    ordered = found.ordered([item for id_ in ids if (item := parts.catalogue.get(id_))])
    if not ordered:
        return Draft("answer", (moment.phrases.say("extreme_unknown"),), focus=moment.focus)
    best = [item for item in ordered if found.value(item) == found.value(ordered[0])]
    pieces, evidence = [_sentence(moment, found, best, parts)], _facts(found, best[0], parts)
    for second in ordered[len(best) :][:1]:
        told = _told(moment, found, second, parts)
        pieces.append(
            " " + moment.phrases.say("extreme_next" if told else "extreme_next_bare", title=second.label, told=told)
        )
        evidence += _facts(found, second, parts)
    return Draft("answer", tuple(pieces), evidence=tuple(evidence), focus=tuple(item.id for item in best))


def _sentence(moment: Moment, found: Extreme, best: list[Item], parts: Parts) -> str:
    say = moment.phrases.say
    what, told = (
        found.what[moment.phrases.language == "zh"] if found.what else say(f"extreme_{found.name}"),
        _told(moment, found, best[0], parts),
    )
    key = f"extreme_{'are' if len(best) > 1 else 'is'}" + ("" if told else "_bare")
    return say(key, title=moment.phrases.join([item.label for item in best]), what=what, told=told)


def _told(moment: Moment, found: Extreme, item: Item, parts: Parts) -> str:
    """The number in words; "" where it is none that people count in."""
    if names := moment.phrases.names(_facts(found, item, parts)):
        assert found.relation is not None
        return moment.phrases.say(f"fact_{found.relation.lower()}", seed="", names=moment.phrases.join(names))
    if item.axes and found.relation is None and found.axis:
        key = "extreme_estimated" if item.axes.estimated else "extreme_measured"
        return moment.phrases.say(key, value=f"{found.value(item):g}")
    return ""


def _facts(found: Extreme, item: Item, parts: Parts) -> list[Fact]:
    return [fact for fact in parts.graph.facts(item.id) if fact.relation == found.relation]
