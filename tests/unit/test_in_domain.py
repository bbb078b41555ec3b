"""Talk of other things than films, read by what reads talk of films."""

from collections.abc import Sequence

import pytest

from bot.understanding.in_domain import InDomain
from bot.understanding.links import NoLinks
from bot.understanding.types import Context, Mention, Understanding
from kg.domain import Domain, domain_of, measure_of, role_of
from kg.linking.types import Linked, Spot

BOOKS = domain_of("book").with_own(measures=(measure_of("pages"),), timed=False)
GAMES = domain_of("board game").with_own(roles=(role_of("designer"),))


class Hears:
    """Keeps what it is asked, and finds one word in it."""

    def __init__(self, word: str = "") -> None:
        self.word = word
        self.heard = ""

    def understand(self, utterance: str, context: Context, spoken_of: Sequence[str] = ()) -> Understanding:
        self.heard = utterance
        start = utterance.find(self.word) if self.word else -1
        found = (Mention(self.word, "keyword", "want", None, start),) if start >= 0 else ()
        return Understanding("other", found, intents=("other",))


class OneTitle(NoLinks):
    """Finds "The Book Thief"."""

    def spot(self, utterance: str, *, context: Sequence[str] = ()) -> tuple[Spot, ...]:
        start = utterance.find("The Book Thief")
        title = Spot(start, start + 14, "The Book Thief", "item", Linked("b", 1.0))
        return (title,) if start >= 0 else ()


@pytest.mark.parametrize(
    ("domain", "said", "heard"),
    [
        (BOOKS, "recommend me a book", "recommend me a film"),
        (BOOKS, "I have read Dune, other novels by its author?", "I have seen Dune, other films by its writer?"),
        (BOOKS, "something to read", "something to watch"),
        (BOOKS, "a good read", "a good film"),
        (BOOKS, "I loved The Book Thief, a book like it", "I loved The Book Thief, a film like it"),
        (BOOKS, 'the book "A good read"', 'the film "A good read"'),
        (BOOKS, "推荐一本书", "推荐一本电影"),
        (GAMES, "who designed that game?", "who directed that film?"),
        (GAMES, "I played it", "I seen it"),
        (domain_of("film"), "a book", "a book"),
    ],
)
def test_words_of_the_domain_become_words_of_film(domain: Domain, said: str, heard: str) -> None:
    inner = Hears()
    InDomain(inner, domain, OneTitle()).understand(said, Context())
    assert inner.heard == heard


def test_mentions_are_copied_from_what_was_written() -> None:
    said = "novels and paperbacks about dragons"
    (mention,) = InDomain(Hears("dragons"), BOOKS, NoLinks()).understand(said, Context()).mentions
    assert (mention.text, mention.start) == ("dragons", said.index("dragons"))


def test_a_limit_alone_asks_for_suggestions_or_changes_them() -> None:
    books = InDomain(Hears(), BOOKS, NoLinks())
    assert books.understand("under 300 pages", Context()).intent == "recommend"
    assert books.understand("under 300 pages", Context(shown=("A",))).intents == ("critique", "recommend")
    assert books.understand("blah", Context()).intent == "other"
