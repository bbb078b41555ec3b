"""One decision a turn."""

from dataclasses import replace

import pytest

from bot.moment import Moment
from bot.phrases import phrases
from bot.policy import Decision, decide
from bot.taste import Taste
from bot.understanding.types import Intent, Mention, Understanding
from retrieval.wish import Limits, Wish


def moment(*intents: Intent, mentions: tuple[Mention, ...] = (), wish: Wish = Wish(), taste: Taste = Taste()) -> Moment:
    understanding = Understanding(intents[0], mentions, intents=intents)
    return Moment(1, "words", understanding, taste, taste, (), wish, (), (), phrases("en"))


@pytest.mark.parametrize(
    ("intents", "decision"),
    [
        (("recommend",), "recommend"),
        (("critique",), "recommend"),
        (("reject", "inform"), "recommend"),
        (("accept",), "accept"),
        (("accept", "recommend"), "recommend"),
        (("ask",), "answer"),
        (("explain",), "explain"),
        (("compare",), "compare"),
        (("edit",), "edit"),
        (("greet",), "chat"),
        (("thanks",), "chat"),
        (("bye",), "chat"),
        (("help",), "chat"),
        (("other",), "chat"),
        (("inform",), "ask_first"),
    ],
)
def test_decisions(intents: tuple[Intent, ...], decision: Decision) -> None:
    assert decide(moment(*intents)) == decision


@pytest.mark.parametrize(
    "known",
    [
        moment("inform", wish=Wish(liked=("tt1",))),
        moment("inform", wish=Wish(must=(frozenset({"genre:Horror"}),))),
        moment("inform", wish=Wish(prefer=("genre:Horror",))),
        moment("inform", taste=Taste(limits=Limits(year_min=1990))),
    ],
)
def test_a_stated_taste_is_enough_to_suggest_from(known: Moment) -> None:
    assert decide(known) == "recommend"


def test_a_title_of_two_films_is_asked_about_only_when_something_is_built_on_it() -> None:
    crash = Mention("Crash", "item", "like", "tt1", 0, rivals=("tt2",))
    assert decide(moment("inform", mentions=(crash,))) == "ask_which"
    assert decide(moment("inform", mentions=(replace(crash, attitude="seen"),))) != "ask_which"
    assert decide(moment("inform", mentions=(replace(crash, rivals=()),))) != "ask_which"
