"""What if: the supposition as a plain statement, and what is none."""

import pytest

from bot.supposing import agrees, supposed


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("what would you suggest if I dropped the 90s?", "drop the 90s"),
        ("What if I didn't mind horror", "I don't mind horror"),
        ("what if I didn’t mind horror?", "I don't mind horror"),
        ("what if my wife didn't mind violence?", "my wife doesn't mind violence"),
        ("what if we didn't want horror?", "we don't want horror"),
        ("what if my kids didn't come?", "my kids don't come"),
        ("suppose I liked Alien", "I liked Alien"),
        ("ok, so what happens if I allowed Tom Cruise?", "allow Tom Cruise"),
        ("If I wanted a comedy, what would you show me?", "I want a comedy"),
        ("what changes if it had to be under two hours", "it has to be under two hours"),
        ("what would you recommend if I excluded Adam Sandler?", "nothing with Adam Sandler"),
        ("which ones would stay if I drop the western?", "drop the western"),
        ("如果我不要恐怖片呢", "我不要恐怖片"),
    ],
)
def test_suppositions(words: str, plain: str) -> None:
    assert supposed(words) == plain


@pytest.mark.parametrize(
    "words",
    [
        "what would you suggest if I like westerns?",  # a request, politely put
        "say something",
        "if you can, something short",
        "I suppose a comedy",
        "something from the 90s",
        "what should I watch?",
        "",
    ],
)
def test_what_supposes_nothing(words: str) -> None:
    assert supposed(words) is None


@pytest.mark.parametrize("words", ["do it", "yes, do it", "ok", "Yes please", "go ahead", "好的"])
def test_agreeing(words: str) -> None:
    assert agrees(words)


@pytest.mark.parametrize("words", ["do it again with comedies", "no", "yes, the second one", "ok but shorter"])
def test_not_agreeing(words: str) -> None:
    assert not agrees(words)
