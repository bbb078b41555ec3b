"""Changes asked for in plain words, and what a question asks for."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import pytest

from bot.understanding.asked import asked
from bot.understanding.rules.moves import moves

MOVES = {
    "newer": ["newer"], "something newer please": ["newer"], "too old": ["newer"], "more recent": ["newer"], "more modern ones": ["newer"], "older": ["older"], "got any older ones?": ["older"], "too new": ["older"], "more classic": ["older"],
    "shorter": ["shorter"], "too long": ["shorter"], "not so long": ["shorter"], "longer": ["longer"], "too short": ["longer"], "lighter": ["lighter"], "too dark": ["lighter"], "too heavy for tonight": ["lighter"], "less depressing": ["lighter"],
    "less violent please": [], "darker": ["darker"], "too silly": [], "too light": ["darker"], "too twee": ["darker"], "too violent": [], "grittier": ["darker"], "scarier, grimmer": ["darker"], "more famous": ["better_known"], "better known": ["better_known"], "better-known": ["better_known"], "too obscure": ["better_known"],
    "more mainstream": ["better_known"], "lesser known": ["lesser_known"], "less mainstream": ["lesser_known"], "too mainstream": ["lesser_known"], "hidden gems": ["lesser_known"], "more obscure": ["lesser_known"], "something different": ["different"],
    "completely different": ["different"], "more like that": ["similar"], "more like the second one": ["similar"], "same vibe": ["similar"], "newer AND shorter": ["newer", "shorter"], "older, darker, weirder": ["older", "darker"],
    "newer/lighter/shorter": ["newer", "shorter", "lighter"], "darker and lesser known": ["darker", "lesser_known"], "longer, more famous": ["longer", "better_known"], "newer than 2010": [], "shorter than 2h": [], "longer than two hours": [],
    "any others?": [], "anything else?": [], "what else": [], "no longer interested": [], "a proper long one": ["longer"], "over too quickly": ["longer"], "too well known": ["lesser_known"], "less childish": [],
}  # fmt: skip
ASKED = {
    "who directed it?": "director", "who's the director": "director", "who is in it?": "cast", "who stars in that": "cast", "who's in it": "cast", "when did it come out": "year", "what year is it from": "year", "how old is it": "year",
    "how long is it": "runtime", "how long is heat?": "runtime", "what's it about?": "plot", "what is the second one about": "plot", "tell me more": "plot", "is it based on a book?": "plot", "is it any good?": "rating", "worth watching?": "rating",
    "did it win any oscars": "awards", "what language is it in": "language", "does it have subtitles": "language", "which country is it from": "country", "where was it made": "country", "who wrote it": "writer", "what genre is it": "genre",
    "what kind of movie is that": "genre", "is it a horror": "genre", "who directed it and who's in it": "director", "how does heat end?": "plot", "what did she make in the 60s": "director", "is heat ok for my kids": "genre", "is that a revenge film?": "genre", "is it a new film": "year", "stars?": "cast", "does it count as noir": "genre", "hello": None, "why that one?": None,
}  # fmt: skip


@pytest.mark.parametrize(("wording", "names"), MOVES.items())
def test_moves(wording: str, names: list[str]) -> None:
    assert sorted(moves(wording.lower())) == sorted(names)


@pytest.mark.parametrize(("wording", "attribute"), ASKED.items())
def test_what_is_asked(wording: str, attribute: str | None) -> None:
    assert asked(wording) == attribute
