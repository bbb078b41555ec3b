"""Every language says the same things with the same placeholders."""

import re
from pathlib import Path
from string import Formatter

import pytest

from bot.phrases import LANGUAGES, Phrases, language_of, phrases
from kg.errors import PromptError

BOT = Path(__file__).parent.parent.parent / "bot"


def _shape(language: str) -> dict[str, set[frozenset[str]]]:
    return {
        key: {frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in variants}
        for key, variants in Phrases(language)._variants.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_phrases(language: str) -> None:
    shape = _shape(language)
    assert shape == _shape("en")
    assert all(len(variants) == 1 for variants in shape.values()), "variants of one phrase take the same placeholders"


def test_every_phrase_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in BOT.rglob("*.py"))
    built = tuple(re.findall(r'f"([a-z_]+_)\{', code))
    built += ("shared_", "wanted_", "liked_kind_", "limit_", "plain_", "reason_")  # the kinds of reason
    unused = [key for key in _shape("en") if f'"{key}"' not in code and not key.startswith(built)]
    intents = {"greet", "thanks", "bye", "help"}  # chosen by the intent's own name
    assert set(unused) <= intents


def test_a_missing_value_and_an_unknown_key_are_refused() -> None:
    with pytest.raises(PromptError, match="title"):
        phrases("en").say("answer_director", names="x")
    with pytest.raises(PromptError, match="no_such"):
        phrases("en").say("no_such")


def test_lists_are_spoken() -> None:
    assert phrases("en").join(["a", "b", "c"]) == "a, b and c"
    assert phrases("en").join(["a"]) == "a"
    assert phrases("zh").join(["a", "b"]) == "a和b"


@pytest.mark.parametrize(("text", "language"), [("你好", "zh"), ("hello", "en"), ("こんにちは世界", "en"), ("", "en")])
def test_the_language_of_an_utterance(text: str, language: str) -> None:
    assert language_of(text) == language
