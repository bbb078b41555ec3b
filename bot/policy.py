"""What to do next: one decision a turn, from the meaning of the utterance and what is known. Pure."""

from typing import Literal

from bot.editing import kind_of
from bot.extremes import asked_for
from bot.moment import Moment
from bot.questions import asks_which_has, described, half_remembers
from bot.references import points_out
from bot.remembering import remembering

Decision = Literal[
    "recommend",
    "ask_first",
    "ask_which",
    "ask_which_shown",
    "suppose",
    "delete",
    "answer",
    "explain",
    "compare",
    "extreme",
    "among",
    "identify",
    "edit",
    "people",
    "accept",
    "chat",
]

_DIRECT: dict[str, Decision] = {
    "ask": "answer",
    "explain": "explain",
    "compare": "compare",
    "edit": "edit",
    "greet": "chat",
    "thanks": "chat",
    "bye": "chat",
    "help": "chat",
    "other": "chat",
}
_NEEDS_ONE_TITLE = ("recommend", "inform", "ask", "compare")


def decide(moment: Moment) -> Decision:
    """Returns the next act. A title that could be two films is asked about before anything is built on it."""
    understanding = moment.understanding
    intents = understanding.intents or (understanding.intent,)
    if moment.deletion:
        return "delete"
    if moment.supposed:
        return "suppose"
    if _about_people(moment):
        return "people"
    if _asks_for_extreme(moment):
        return "extreme"
    if _asks_which_has(moment):
        return "among"
    if _describes(moment):
        return "identify"
    if _points_nowhere(moment):
        return "ask_which_shown"
    if understanding.intent in _NEEDS_ONE_TITLE and any(
        m.kind == "item" and m.rivals and m.attitude in ("like", "about") for m in understanding.mentions
    ):
        return "ask_which"
    if understanding.intent == "accept" and not {"recommend", "critique"} & set(intents):
        return "accept"
    if understanding.intent in _DIRECT:
        return _DIRECT[understanding.intent]
    if understanding.intent == "inform" and not _enough_known(moment):
        return "ask_first"
    return "recommend"


def _about_people(moment: Moment) -> bool:
    """What is known of somebody is asked for or to be forgotten; or all that is known, with several people known."""
    if moment.gathering:
        return moment.gathering.kind in ("forget", "show")
    if remembering(moment.utterance):
        return False
    shows = moment.understanding.intent == "edit" and kind_of(moment.understanding, moment.utterance) == "show"
    return shows and any(p.holder != moment.speaker for p in moment.taste.preferences)


def _asks_for_extreme(moment: Moment) -> bool:
    """Which of the films shown is the shortest, the best rated … is asked; of other things it is a request."""
    found = asked_for(moment.utterance, moment.phrases.domain)
    if found is None or len(moment.before.last_shown) < 2 or moment.understanding.intent == "edit":
        return False
    return all(m.kind == "keyword" or found.words.search(m.text) for m in moment.understanding.mentions if m.entity)


def _asks_which_has(moment: Moment) -> bool:
    named = [m for m in moment.understanding.mentions if m.entity]
    asks = moment.understanding.intent in ("ask", "compare", "explain") or all(m.attitude == "about" for m in named)
    things = bool(named) and all(m.kind != "item" for m in named)
    return asks and things and len(moment.before.last_shown) > 1 and asks_which_has(moment.utterance)


def _describes(moment: Moment) -> bool:
    if moment.understanding.intent not in ("ask", "other") and not half_remembers(moment.utterance):
        return False
    named = any(m.kind == "item" and m.entity for m in moment.understanding.mentions)
    return not named and not moment.meant and described(moment.utterance) is not None


def _points_nowhere(moment: Moment) -> bool:
    """A film is described that was not shown: "that De Niro one" when none has De Niro."""
    mentions = moment.understanding.mentions
    about_shown = moment.understanding.intent in ("accept", "ask", "explain", "reject")
    about_shown = about_shown or all(m.attitude == "about" for m in mentions)
    named = any(m.entity and m.kind != "item" for m in mentions)
    return (
        about_shown and named and not moment.meant and bool(moment.before.last_shown) and points_out(moment.utterance)
    )


def _enough_known(moment: Moment) -> bool:
    """A liked thing, a wish or a limit is enough to suggest from; dislikes and seen films alone are not."""
    wish = moment.wish
    return bool(wish.liked or wish.must or wish.prefer or moment.taste.limits != type(moment.taste.limits)())
