"""Which of the items just shown has what is asked about: "which one has animals in it?"."""

from bot.moment import Draft, Moment
from bot.parts import Parts
from kg.items import Fact


def among(moment: Moment, parts: Parts) -> Draft:
    """Returns those of the items shown that have it, with the facts that show it; or that none has."""
    wanted = {entity for m in moment.understanding.mentions for entity in (m.entity, *m.rivals, *m.also) if entity}
    found: dict[str, list[Fact]] = {}
    for item_id in moment.before.last_shown:
        if having := [fact for fact in parts.graph.facts(item_id) if fact.object.id in wanted]:
            found[item_id] = having
    say = moment.phrases.say
    if not found:
        return Draft("answer", (say("among_none"),), focus=moment.focus)
    told = [
        say("among_one", title=facts[0].subject.name, names=moment.phrases.join(moment.phrases.names(facts)))
        for facts in found.values()
    ]
    evidence = tuple(fact for facts in found.values() for fact in facts)
    return Draft("answer", (say("among", items=moment.phrases.join(told)),), evidence=evidence, focus=tuple(found))
