"""Tunes the bundled model to word the shapes of reasons: an adapter of its own, beside the one that understands."""

import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.wording.grammar import FILE as GRAMMAR
from bot.wording.grammar import Grammar
from bot.wording.writers import ADAPTER
from training import lora
from training.wording_data import Written, load_written

RECIPE = lora.Recipe(rank=8, alpha=16, first=12, epochs=6, tokens=900, rate=1e-3, minutes=42.0)
Tell = Callable[[str], None]


def train_wording(out: Path | None = None, tell: Tell = print, recipe: lora.Recipe = RECIPE) -> Path:
    """Trains the adapter on the written wordings and writes it into a folder (the project's own if None); returns it.

    Half an hour on one core at most. Raises ModelError when the base model's package is missing.
    """
    folder = out or ADAPTER.parent
    folder.mkdir(parents=True, exist_ok=True)
    written = load_written()
    tell(f"Tuning the language model on {len(written)} wordings …")
    with tempfile.TemporaryDirectory() as aside:
        fresh = Path(aside) / ADAPTER.name

        def made(tokenizer: Any, _: random.Random) -> list[lora.Pair]:
            return [_pair(one, tokenizer) for one in written]

        lora.tune(made, recipe, fresh)
        shutil.copy(fresh, folder / ADAPTER.name)
    Grammar.learn((one.shape, one.text) for one in written).save(folder / GRAMMAR.name)
    return folder


def _pair(one: Written, tokenizer: Any) -> lora.Pair:
    asked = tokenizer(one.shape.asked, add_special_tokens=False).input_ids
    said = tokenizer(f" {one.text}\n\n", add_special_tokens=False).input_ids
    return lora.Pair(asked, said)
