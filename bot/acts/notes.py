"""What could not be taken into account, said honestly beside the answer."""

from bot.moment import Moment
from bot.vague import is_vague


def notes(moment: Moment) -> str:
    """Returns a note on titles and people we do not have and on bans the catalogue cannot check; "" for none."""
    mentions = moment.understanding.mentions
    unknown = [m.text for m in mentions if m.kind in ("item", "person") and m.entity is None]
    bans = [m for m in mentions if m.attitude == "avoid" and m.entity is None and not is_vague(m)]
    unchecked = [m.text for m in bans if m.text not in unknown]
    notes = [moment.phrases.say("not_in_catalogue", name=name) for name in unknown[:2]]
    if unchecked:
        notes.append(moment.phrases.say("cannot_check", names=moment.phrases.join(unchecked)))
    return " ".join(notes)
