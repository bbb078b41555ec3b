"""What could not be taken into account, said honestly beside the answer."""

from bot.moment import Moment
from bot.vague import is_vague, tells_where


def notes(moment: Moment) -> str:
    """Returns a note on titles and people we do not have, on bans the catalogue cannot check, and on where a film is to
    be had, which it does not know; "" for none."""
    mentions = moment.understanding.mentions
    unknown = [m.text for m in mentions if m.kind in ("item", "person") and m.entity is None]
    bans = [m for m in mentions if m.attitude == "avoid" and m.entity is None]
    unchecked = [m.text for m in bans if m.text not in unknown and not is_vague(m) and not tells_where(m)]
    notes = [moment.phrases.say("not_in_catalogue", name=name) for name in unknown[:2]]
    if unchecked:
        notes.append(moment.phrases.say("cannot_check", names=moment.phrases.join(unchecked)))
    if any(map(tells_where, mentions)):
        notes.append(moment.phrases.say("cannot_tell_where"))
    return " ".join(notes)
