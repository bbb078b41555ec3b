"""What is known of the people in a talk, and forgetting them."""

from bot.acts.confirm import TOLD_IN_ORDER, name_of, told
from bot.moment import Draft, Moment
from bot.parts import Parts
from bot.people.reasons import called
from bot.phrases import Phrases
from bot.taste import Taste


def people(moment: Moment, parts: Parts) -> Draft:
    """Returns what is known of those asked about, of everybody where nobody is named; or that they are forgotten."""
    asked = moment.gathering
    if asked is None or asked.kind not in ("forget", "show"):
        return Draft("confirm", (_told_of_all(moment, parts),), focus=moment.focus)
    holders = asked.holders
    if asked.kind == "forget":
        known = [h for h in holders if moment.before.of_holders(h).preferences]
        names = moment.phrases.join([called(holder, moment.phrases) for holder in holders])
        text = moment.phrases.say("forgot_people" if known else "taste_of_nothing", who=names)
    else:
        text = "\n".join(_told_of(holder, moment.taste, parts, moment.phrases) for holder in holders)
    return Draft("confirm", (text,), focus=moment.focus)


def _told_of_all(moment: Moment, parts: Parts) -> str:
    """Returns all that is known: of who speaks first, then of everybody else."""
    own = told(moment.taste.of_holders(moment.speaker), parts, moment.phrases)
    others = [holder for holder in moment.taste.holders if holder != moment.speaker]
    known = [holder for holder in others if moment.taste.of_holders(holder).preferences]
    return "\n".join([own, *(_told_of(holder, moment.taste, parts, moment.phrases) for holder in known)])


def _told_of(holder: str, taste: Taste, parts: Parts, phrases: Phrases) -> str:
    """Returns what is known of one person, by attitude."""
    who = called(holder, phrases)
    own = taste.of_holders(holder)
    clauses = [
        phrases.say(
            f"their_{attitude}", names=phrases.join(list(dict.fromkeys(name_of(p, parts, phrases) for p in found)))
        )
        for attitude in TOLD_IN_ORDER
        if (found := own.having(attitude))
    ]
    if not clauses:
        return phrases.say("taste_of_nothing", who=who)
    return phrases.say("taste_of", who=who) + "".join(f"\n- {clause}" for clause in clauses)
