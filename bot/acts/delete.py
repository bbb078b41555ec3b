"""Deleting for good: asking once whether it is meant, then saying what was done."""

from bot.moment import Draft, Moment
from bot.parts import Parts


def delete(moment: Moment, parts: Parts) -> Draft:
    """Returns the question whether to delete; after a yes a draft that deletes, after a no one that keeps all."""
    say = moment.phrases.say
    match moment.deletion:
        case "agreed":
            return Draft("confirm", (say("deleted"),), deletes=True)
        case "declined":
            return Draft("confirm", (say("deleted_not"),), focus=moment.focus)
        case _:
            return Draft("ask", (say("delete_sure"),), focus=moment.focus)
