"""The acts: each turns a Moment and the Parts into a Draft. One file an act."""

from collections.abc import Callable, Mapping

from bot.acts.among import among
from bot.acts.answer import answer
from bot.acts.chat import accept, ask_first, ask_which, ask_which_shown, chat
from bot.acts.compare import compare
from bot.acts.confirm import confirm
from bot.acts.delete import delete
from bot.acts.explain import explain_item
from bot.acts.extreme import extreme
from bot.acts.identify import identify
from bot.acts.people import people
from bot.acts.recommend import recommend
from bot.acts.suppose import suppose
from bot.moment import Draft, Moment
from bot.parts import Parts
from bot.policy import Decision

ACTS: Mapping[Decision, Callable[[Moment, Parts], Draft]] = {
    "recommend": recommend,
    "explain": explain_item,
    "answer": answer,
    "compare": compare,
    "extreme": extreme,
    "among": among,
    "identify": identify,
    "edit": confirm,
    "delete": delete,
    "people": people,
    "accept": accept,
    "ask_first": ask_first,
    "ask_which": ask_which,
    "ask_which_shown": ask_which_shown,
    "suppose": suppose,
    "chat": chat,
}
