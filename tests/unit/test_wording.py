"""Wordings of shapes: which are sound, how names are put in, the pool, and what is drawn for a list."""

import json
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pulse import Pulse
from bot.wording.filling import filled
from bot.wording.pool import Check, Pool
from bot.wording.shapes import Shape, common_shapes, shape_of
from bot.wording.wordings import AT_FIRST, WHEN_NEEDED, Wordings
from bot.wording.words import sound
from kg.items import Entity, Fact
from tests.wording_fakes import FakeWriter
from training.wording_data import load_written

HEAT = Entity("heat", "Heat (1995)", "item")
SHARED = shape_of("en", "shared", "HAS_THEME", 1, 1)
DIRECTOR = shape_of("en", "shared", "DIRECTED_BY", 1, 1)
GENRES = shape_of("en", "plain", "HAS_GENRE", 2, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Like {film}, it is about {theme}.",
        "{theme} drives the story, as in {film}.",
        "Here is {theme} again, after {film}.",
    ],
)
def test_what_the_facts_prove_is_sound(text: str) -> None:
    assert sound(text, SHARED)


@pytest.mark.parametrize(
    "text",
    [
        "Like {film}, it is about love.",  # a place is missing
        "Like {film}, it is about {theme} and {theme}.",
        "Like {film}, it is about {theme} and {person}.",
        "It is better than {film} for {theme}.",
        "It is not about {theme}, like {film}.",
        "Unlike {film}, it is about {theme}.",
        "A masterpiece about {theme}, like {film}.",
        "Michael made it about {theme}, like {film}.",
        "In 1995 it was about {theme}, like {film}.",
        "It was directed by {theme}, like {film}.",
        "You asked for {theme}, like {film}.",
        "You have a taste for {theme}, like {film}.",
        "Like {film}, it is about {theme}",
        "like {film}, it is about {theme}.",
        "Like {film}, it is is about {theme}.",
        "Like {film} , it is about {theme}.",
        "Like the {film}, it is about {theme}.",
        "It is like {film}, with {theme} and.",
        "",
    ],
)
def test_what_no_fact_proves_is_refused(text: str) -> None:
    assert not sound(text, SHARED)


def test_a_wish_is_claimed_only_where_there_was_one() -> None:
    wanted = shape_of("en", "wanted", "HAS_THEME", 1, 0)
    assert sound("It is about {theme}, as you asked.", wanted)
    assert not sound("It is about {theme}, as you asked.", shape_of("en", "plain", "HAS_THEME", 1, 0))
    assert not sound("It is about {theme} again.", wanted)


def test_what_was_asked_for_is_not_said_to_be_liked() -> None:
    liked, wanted = (shape_of("en", kind, "HAS_GENRE", 1, 0) for kind in ("liked_kind", "wanted"))
    assert sound("A {genre} film, which is your kind of thing.", liked)
    assert not sound("You wanted a {genre} film, which is your kind of thing.", wanted)
    assert sound("It is a {genre} film, just like you wanted.", wanted)


def test_every_written_wording_is_sound_and_every_shape_has_some() -> None:
    written = load_written()
    assert [one for one in written if not sound(one.text, one.shape)] == []
    assert {one.shape for one in written} >= set(common_shapes("en"))
    assert len({(one.shape, one.text) for one in written}) == len(written)


def fact(relation: str, kind: str, name: str) -> Fact:
    return Fact(HEAT, relation, Entity.of(kind, name))


def test_names_are_said_as_one_says_them() -> None:
    themes = shape_of("en", "shared", "HAS_THEME", 2, 1)
    pair = [fact("HAS_THEME", "theme", "father and son"), fact("HAS_THEME", "theme", "heist")]
    text = filled("It turns on {themes}, like {film}.", themes, pair, ["Thief (1981)"])
    assert text == "It turns on a heist as well as father and son, like Thief (1981)."
    city = filled(
        "{theme} drives it.", shape_of("en", "plain", "HAS_THEME", 1, 0), [fact("HAS_THEME", "theme", "new york")], []
    )
    assert city == "New York drives it."


@pytest.mark.parametrize(
    ("genre", "said"),
    [("Action", "It is an action film."), ("Crime", "It is a crime film."), ("Unicorn", "It is a unicorn film.")],
)
def test_the_article_follows_the_name(genre: str, said: str) -> None:
    shape = shape_of("en", "plain", "HAS_GENRE", 1, 0)
    assert filled("It is a {genre} film.", shape, [fact("HAS_GENRE", "genre", genre)], []) == said


def test_braces_in_a_name_are_only_a_name() -> None:
    shape = shape_of("en", "plain", "FEATURES", 1, 0)
    assert filled("It stars {person}.", shape, [fact("FEATURES", "person", "{film} Lee")], []) == "It stars {film} Lee."


def test_a_number_has_its_unit() -> None:
    oscars = shape_of("en", "plain", "WON_OSCARS", 1, 0)
    assert filled("It won {oscars}.", oscars, [fact("WON_OSCARS", "value", "1")], []) == "It won 1 Oscar."
    assert filled("It won {oscars}.", oscars, [fact("WON_OSCARS", "value", "3")], []) == "It won 3 Oscars."


def test_the_pool_is_bounded_and_keeps_the_newest(tmp_path: Path) -> None:
    pool = Pool(tmp_path / "words.json", lambda *_: True, most=3)
    assert pool.add(SHARED, ["a", "b", "b"]) == 2
    assert pool.add(SHARED, ["b", "c", "d"]) == 2
    assert pool.of(SHARED) == ("b", "c", "d")


def test_the_pool_outlives_the_process_and_is_checked_anew(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "words.json"
    first = Pool(path, sound)
    first.add(SHARED, ["Like {film}, it is about {theme}.", "It is better than {film} for {theme}."])
    first.save()
    table = json.loads(path.read_text("utf-8"))
    table["wordings"][SHARED.key].append("A masterpiece about {theme}, like {film}.")
    path.write_text(json.dumps(table), "utf-8")
    assert Pool(path, sound).of(SHARED) == ("Like {film}, it is about {theme}.",)


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', "{broken"])
def test_a_damaged_pool_is_begun_anew(tmp_path: Path, content: str) -> None:
    path = tmp_path / "words.json"
    path.write_text(content, "utf-8")
    pool = Pool(path, sound)
    assert pool.of(SHARED) == ()
    pool.add(SHARED, ["Like {film}, it is about {theme}."])
    pool.save()
    assert Pool(path, sound).of(SHARED)


def numbered(shape: Shape, number: int) -> list[str]:
    return [f"{number} {'/'.join(shape.slots)}"]


def wordings(writer: FakeWriter, seconds: float = 5.0, most: int = 24) -> Wordings:
    return Wordings(Pool(None, lambda *_: True, most), writer, seconds)


@given(st.integers(1, 12), st.integers(1, 20))
def test_as_many_different_wordings_as_the_pool_has(held: int, cards: int) -> None:
    writer = FakeWriter(lambda *_: [], checks=False)
    words = wordings(writer)
    words._pool.add(SHARED, [f"wording {number}" for number in range(held)])
    first = [offers[0] for offers in words.draw([(str(card), SHARED) for card in range(cards)])]
    assert len(set(first)) == min(held, cards)


def test_what_is_missing_is_written_at_once_and_asked_for_ahead() -> None:
    writer = FakeWriter(numbered, checks=False)
    words = wordings(writer)
    assert words.draw([("a", SHARED), ("b", SHARED)]) == [("1 theme/film",)] * 2
    assert writer.filling
    while writer.filling(lambda shape: numbered(shape, len(writer.asked) + len(words._pool.of(shape)) + 100)):
        pass
    assert len(words._pool.of(SHARED)) == WHEN_NEEDED
    assert len(words._pool.of(GENRES)) == AT_FIRST


def test_a_shape_that_cannot_be_written_does_not_fill_for_ever() -> None:
    writer = FakeWriter(lambda *_: [], checks=False)
    words = wordings(writer)
    words.draw([("a", SHARED)])
    rounds = 0
    assert writer.filling
    while writer.filling(lambda _: ()):
        rounds += 1
        assert rounds < 5000
    assert words.missing() is None


def test_what_cannot_be_written_is_not_tried_again_by_the_next_process(tmp_path: Path) -> None:
    def opened(check: Check = sound) -> Wordings:
        return Wordings(Pool(tmp_path / "words.json", check), FakeWriter(lambda *_: []), at_first=0)

    words = opened()
    words._pool.add(SHARED, ["Like {film}, it is about {theme}."])
    words.draw([("a", SHARED)])
    while words.fill(lambda _: ()):
        pass
    again = opened()
    again.draw([("a", SHARED)])
    assert again.missing() is None
    stricter = opened(lambda *_: False)
    stricter.draw([("a", SHARED)])
    assert stricter.missing() == SHARED, "what is turned away is written anew"


def test_the_deadline_holds_for_the_whole_list() -> None:
    writer = FakeWriter(numbered, seconds=0.05, checks=False)
    words = wordings(writer, seconds=0.12)
    shapes = common_shapes("en")[:40]
    drawn = words.draw([("a", shape) for shape in shapes])
    written = [offers for offers in drawn if offers]
    assert 1 <= len(written) < 10
    assert len(writer.asked) < 10, "past the deadline nobody is asked"


def test_who_stops_the_turn_waits_no_longer() -> None:
    writer = FakeWriter(numbered, seconds=30.0, checks=False)
    words = wordings(writer, seconds=60.0)
    pulse = Pulse()
    threading.Timer(0.05, pulse.cancel).start()
    started = time.monotonic()
    assert words.draw([("a", SHARED), ("a", DIRECTOR)], pulse) == [(), ()]
    assert time.monotonic() - started < 10
    assert writer.asked == [SHARED]


def test_closing_keeps_what_was_written(tmp_path: Path) -> None:
    path, writer = tmp_path / "words.json", FakeWriter(lambda *_: ["Like {film}, it is about {theme}."])
    words = Wordings(Pool(path, sound), writer, 5.0)
    words.draw([("a", SHARED)])
    words.close()
    assert writer.closed and Pool(path, sound).of(SHARED)


def test_two_sentences_run_together_are_refused() -> None:
    shape = shape_of("en", "shared", "FEATURES", 1, 1)
    assert sound("It brings back {person} from {film}.", shape)
    assert sound("If you go by faces, {person} from {film} is here again.", shape)
    assert not sound("It brings back {person} from {film} is here again.", shape)
