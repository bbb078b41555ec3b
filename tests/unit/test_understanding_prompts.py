"""Prompt files and their placeholders."""

from pathlib import Path

import pytest

from kg.errors import PromptError
from prompts import FOLDER, load


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.md")), ids=lambda file: file.stem)
def test_every_prompt_can_be_filled(file: Path) -> None:
    prompt = load(file.stem)
    assert prompt.placeholders
    filled = prompt.format(**{name: f"<{name}>" for name in prompt.placeholders})
    assert all(f"<{name}>" in filled for name in prompt.placeholders)


def test_a_missing_value() -> None:
    with pytest.raises(PromptError, match="needs utterance"):
        load("understanding_small").format(many="one", before="hi")


def test_an_unknown_value() -> None:
    with pytest.raises(PromptError, match="has no mood"):
        load("understanding_small").format(many="one", before="hi", utterance="x", mood="y")


def test_braces_in_values_stay() -> None:
    assert "{before} {}" in load("understanding_small").format(many="one", before="", utterance="{before} {}")


def test_an_unknown_prompt() -> None:
    with pytest.raises(PromptError, match="no prompt"):
        load("nothing of this name")


@pytest.mark.parametrize("text", ["open {brace", "a {} field", "an {0} index", "{a.b}"])
def test_a_file_with_a_bad_placeholder(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.md").write_text(text, "utf-8")
    with pytest.raises(PromptError):
        load("bad", tmp_path)
    load.cache_clear()
