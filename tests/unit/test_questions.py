"""Which of those shown has something, and which film a description is of; what memory is asked and given to keep."""

import pytest

from bot.editing import naming_bans
from bot.folding import fold
from bot.questions import asks_which_has, described, half_remembers
from bot.remembering import for_later, remembering
from bot.taste import Preference, Preferred
from bot.understanding.types import Understanding
from bot.wishing import wish_of


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("which one has animals in it?", True),
        ("Do any of these have Tom Hanks?", True),
        ("are any of them scary", True),
        ("which of those is a comedy?", True),
        ("any comedies?", False),
        ("something with animals", False),
        ("I've seen one of these", False),
    ],
)
def test_which_has(words: str, asks: bool) -> None:
    assert asks_which_has(words) is asks


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("what was that one with the spinning top", "with the spinning top"),
        ("What's the name of the movie where a guy is stuck on Mars?", "where a guy is stuck on Mars"),
        ("which film is about a shark in a beach town", None),
        ("what's that film about a shark at the beach", "about a shark at the beach"),
        ("I'm trying to remember the movie where toys come alive", "where toys come alive"),
        ("the one with the hotel and the twins", "with the hotel and the twins"),
        ("what's the book about a wizard school?", "about a wizard school"),
        ("something with a spinning top", None),
        ("what is it about?", None),
        ("a film about sharks please", None),
        ("recommend a film where a guy is stuck on Mars", None),
    ],
)
def test_descriptions(words: str, told: str | None) -> None:
    assert described(words) == told


@pytest.mark.parametrize(
    ("words", "half"),
    [
        ("what's the one where a guy relives the same day", True),
        ("what was that film where a man is stuck on Mars?", True),
        ("I forgot the name of the movie with the spinning top", False),
        ("what's the best film with a dog in it?", False),
        ("what is a good film with a dog in it", False),
        ("the one with the hotel and the twins", False),
    ],
)
def test_a_half_remembered_one_is_told_from_a_wish(words: str, half: bool) -> None:
    assert half_remembers(words) is half


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("have I seen Heat?", "show"),
        ("do I like horror?", "show"),
        ("did I say I hated westerns?", "show"),
        ("我看过黑客帝国吗？", "show"),
        ("what's on my watchlist?", "show"),
        ("show me my list", "show"),
        ("add it to my watchlist", "save"),
        ("save the last one for later", "save"),
        ("put Heat on my list", "save"),
        ("have I read Dune?", "show"),
        ("have you seen Heat?", None),
        ("I have seen Heat", None),
        ("do I need to see the first one before it", None),
        ("something for later tonight", None),
        ("keep it under two hours", None),
    ],
)
def test_what_memory_is_asked(words: str, kind: str | None) -> None:
    assert remembering(words) == kind


def test_what_is_kept_for_later_lasts_and_may_be_suggested() -> None:
    taste = fold([Preferred(1, for_later("tt1", "add it to my list", 1))])
    assert [(p.entity, p.scope) for p in taste.having("want")] == [("tt1", "always")]
    assert "tt1" not in wish_of(taste, Understanding("recommend"), "").exclude


def test_a_ban_is_named_by_its_own_words() -> None:
    ban = Preference("mafia stuff", "keyword", "dislike", "theme:mafia", "tired of mafia stuff", 1, hard=True)
    taste = fold([Preferred(1, ban)])
    heard = naming_bans(Understanding("inform"), "actually mafia is fine", taste)
    assert [(m.entity, m.attitude) for m in heard.mentions] == [("theme:mafia", "about")]
    assert naming_bans(Understanding("inform"), "that is fine", taste).mentions == ()
    assert naming_bans(Understanding("inform"), "the mafia again?", taste).mentions == ()
