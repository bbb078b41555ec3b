"""The shipped adapter and grammar on the bundled model: what they write is sound, and each job has its own adapter."""

from collections.abc import Iterator

import pytest

from bot.language_model import Owner, Pulse, open_owner
from bot.understanding.model import ADAPTER as UNDERSTANDING
from bot.understanding.model import LANE as READING
from bot.understanding.model import SmallReader
from bot.understanding.types import Context
from bot.wording.grammar import Grammar
from bot.wording.shapes import common_shapes
from bot.wording.words import sound
from bot.wording.writers import ADAPTER, LANE, OwnerWriter, tuned


@pytest.fixture(scope="module")
def owner() -> Iterator[Owner]:
    owner = open_owner(adapters={LANE: ADAPTER, READING: UNDERSTANDING}, threads=1)
    owner.run(lambda *_: None, Pulse(120))
    yield owner
    owner.close()


def test_the_tuned_model_writes_sound_wordings(owner: Owner) -> None:
    writer = OwnerWriter(owner, tuned(Grammar.load(), seed=1))
    for shape in common_shapes("en")[::8]:
        texts = writer.write(shape, Pulse(60))
        assert texts and sound(texts[0], shape), shape.key


def test_it_has_more_than_one_way_to_say_a_thing(owner: Owner) -> None:
    writer = OwnerWriter(owner, tuned(Grammar.load(), seed=2))
    shape = common_shapes("en")[0]
    assert len({writer.write(shape, Pulse(60)) for _ in range(8)}) > 2


def test_wording_between_two_readings_changes_neither(owner: Owner) -> None:
    reader = SmallReader(owner, seconds=60.0).wait()
    words = "something like Heat but lighter, no Tom Cruise"
    before = reader.read(words, Context())
    OwnerWriter(owner, tuned(Grammar.load(), seed=3)).write(common_shapes("en")[3], Pulse(60))
    assert before and reader.read(words, Context()) == before
