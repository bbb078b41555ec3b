"""The walls of the house: kg < retrieval < bot < channels; training and evaluation beside them; app above all."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
OURS = {"app", "bot", "commands", "evaluation", "kg", "prompts", "retrieval", "training"}
MAY_USE = {
    "kg": {"kg"},
    "prompts": {"prompts", "kg"},
    "retrieval": {"retrieval", "kg"},
    "bot": {"bot", "retrieval", "kg", "prompts"},
    "training": {"training", "bot", "retrieval", "kg", "prompts"},
    "evaluation": {"evaluation", "training", "bot", "retrieval", "kg", "prompts"},
}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize("package", MAY_USE)
def test_a_package_uses_only_what_is_below_it(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    for path in files:
        for module in _imports(path):
            top = module.split(".")[0]
            assert top not in OURS or top in MAY_USE[package], f"{path.relative_to(ROOT)} imports {module}"


def test_channels_use_the_bot_only_and_nothing_but_app_uses_them() -> None:
    shared = {"kg.errors", "kg.items"}  # the words of the public face itself
    for path in sorted((ROOT / "bot" / "channels").rglob("*.py")):
        for module in _imports(path):
            above_bot = module.split(".")[0] in OURS - {"bot"}
            assert not above_bot or module in shared, f"{path.relative_to(ROOT)} imports {module}"
    for path in sorted((ROOT / "bot").rglob("*.py")):
        if "channels" not in path.parts:
            assert not [m for m in _imports(path) if m.startswith("bot.channels")], path


def test_the_public_face_is_complete_and_sorted() -> None:
    import bot

    assert bot.__all__ == sorted(bot.__all__)
    assert set(bot.__all__) == set(bot._HOME_OF)
    assert all(getattr(bot, name) is not None for name in bot.__all__)


def test_serving_imports_no_training_library() -> None:
    heavy = {"torch", "transformers", "peft", "sentence_transformers", "ray"}
    for package in ("kg", "bot", "retrieval"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if path.name in {"encoder_export.py", "cluster.py"}:  # run when the encoder is first made; on a cluster
                continue
            found = {module.split(".")[0] for module in _imports(path)} & heavy
            assert not found, f"{path.relative_to(ROOT)} imports {found}"
            assert "retrieval.cluster" not in set(_imports(path)), f"{path.relative_to(ROOT)} imports Ray's file"
