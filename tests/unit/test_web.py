"""What the page's buttons do to the conversation behind it, and what it says where they can do nothing."""

import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import gradio as gr
import pytest

from bot import Preference, Recommender
from bot.background import Background
from bot.channels.web import WebChat
from bot.channels.web_taste import TastePanel
from bot.channels.web_votes import Votes
from bot.taste import Taste
from bot.welcome import Welcome
from kg.errors import StoreError
from retrieval.wish import AmountLimit, Limits

HORROR = Preference("horror", "genre", "dislike", "genre:Horror", "I hate horror", 0)
WELCOME = Welcome.of()


@dataclass
class OneTalk:
    """Stands in for a Recommender and its only conversation; `error` is what the store says to every change."""

    taste: Taste = Taste((HORROR,))
    error: StoreError | None = None
    done: list[str] = field(default_factory=list)
    catalogue: dict[str, Any] = field(default_factory=dict)

    def conversation(self, user: str, talk: str) -> "OneTalk":
        return self

    def __getattr__(self, name: str) -> Callable[..., None]:
        def change(*given: object, **named: object) -> None:
            if self.error:
                raise self.error
            self.done.append(" ".join([name, *(str(each) for each in given)]))

        return change


def opened(talk: OneTalk) -> Background:
    background = Background(lambda _: cast("Recommender", talk))
    background.start()
    background.wait()
    return background


@pytest.fixture
def opening() -> Iterator[Background]:
    """A recommender that is not open before the test is over."""
    gate = threading.Event()

    def wait(_: object) -> Recommender:
        gate.wait()
        return cast("Recommender", OneTalk())

    background = Background(wait)
    background.start()
    yield background
    gate.set()


def clicks(background: Background) -> dict[str, Callable[[], object]]:
    page, panel = WebChat(background, WELCOME), TastePanel(background)
    return {
        "forget": lambda: page.wipe("ann", "t"),
        "undo": lambda: panel.undo("ann", "t"),
        "redo": lambda: panel.redo("ann", "t"),
        "change": lambda: panel.feel("like", HORROR.key, "ann", "t"),
        "drop": lambda: panel.drop(HORROR.key, "ann", "t"),
        "feedback": lambda: Votes(background).take("up 6634 1", "ann", "t"),
    }


@pytest.mark.parametrize("click", ["forget", "undo", "redo", "change", "drop", "feedback"])
def test_a_click_is_done_or_the_page_says_why_not(click: str, opening: Background) -> None:
    talk = OneTalk()
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        clicks(opened(talk))[click]()
    assert [done.split()[0] for done in talk.done] == [click]
    refusing = OneTalk(error=StoreError("The database is away."))
    with pytest.warns(UserWarning, match="The database is away"):
        clicks(opened(refusing))[click]()
    with pytest.warns(UserWarning, match="still opening"):
        clicks(opening)[click]()


def test_the_chat_empties_only_when_all_was_deleted(opening: Background) -> None:
    new, chat, *_ = WebChat(opened(OneTalk()), WELCOME).wipe("ann", "t")
    assert (new != "t", chat) == (True, [])
    refusing = opened(OneTalk(error=StoreError("The database is away.")))
    for background in (refusing, opening):
        with pytest.warns(UserWarning):
            kept = WebChat(background, WELCOME).wipe("ann", "t")
        assert kept[:2] == (gr.skip(), gr.skip())


def test_a_page_of_one_knows_its_user_in_every_browser(opening: Background) -> None:
    page = WebChat(opening, WELCOME, "you")
    assert [page.arrive(remembered)[0] for remembered in (None, "web-1", "you")] == ["you"] * 3


def test_a_page_of_many_keeps_browsers_apart(opening: Background) -> None:
    page = WebChat(opening, WELCOME)
    first, second = (page.arrive(None)[0] for _ in range(2))
    assert first != second
    assert page.arrive(first)[0] == first
    assert page.arrive("you")[0].startswith("web-"), "nobody becomes the user of the terminal by asking"


def test_every_limit_can_be_dropped() -> None:
    limits = Limits(year_min=1990, amounts=(AmountLimit("price", most=9), AmountLimit("pages", most=300)))
    talk = OneTalk(Taste((), limits))
    panel = TastePanel(opened(talk))
    keys = [key for _, key in panel.shown("ann", "t")[1].choices]
    assert keys == ["limit:year_min", "limit:amount:price", "limit:amount:pages"]
    for key in keys:
        panel.drop(key, "ann", "t")
    assert talk.done == ["lift year_min", "lift amount:price", "lift amount:pages"]
