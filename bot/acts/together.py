"""Whether people worked together: the films that join all of them, from the graph."""

from collections.abc import Sequence

from bot.moment import Draft, Moment
from bot.parts import Parts

_MOST = 6


def together(moment: Moment, parts: Parts, people: Sequence[str]) -> Draft:
    """Returns the films that two people are both joined to, with what each did there; says so where there is none."""
    say = moment.phrases.say
    one, other = people[0], people[1]
    names = moment.phrases.join([person.removeprefix("person:") for person in (one, other)])
    facts = parts.graph.together(one, other)
    ids = list(dict.fromkeys(fact.subject.id for fact in facts))
    if not ids:
        return Draft("answer", (say("together_none", names=names),), focus=moment.focus)
    shown = [fact for fact in facts if fact.subject.id in ids[:_MOST]]
    titles = list(dict.fromkeys(fact.subject.name for fact in shown))
    text = say("together", names=names, titles=moment.phrases.join(titles), count=len(ids))
    return Draft("answer", (text,), evidence=tuple(shown), focus=tuple(ids[:_MOST]))
