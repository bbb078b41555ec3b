"""The independent checker: what is true passes, each way of being false is found."""

import pytest

from evaluation.conversations_claims import ClaimChecker
from kg.catalogue import Catalogue
from kg.items import Item

HEAT = Item(
    id="heat",
    title="Heat",
    year=1995,
    genres=("Crime", "Thriller"),
    directors=("Michael Mann",),
    writers=("Michael Mann",),
    cast=("Al Pacino", "Robert De Niro"),
    runtime=170,
    languages=("English",),
    countries=("United States",),
    themes=("heist", "police"),
    moods=("tense",),
    rating=8.3,
    oscars=0,
)
THIEF = Item(id="thief", title="Thief", year=1981, genres=("Crime",), directors=("Michael Mann",), themes=("heist",))
OTHER = Item(
    id="other",
    title="Paper, Scissors",
    year=2001,
    genres=("Comedy", "Musical"),
    directors=("Common",),
    cast=("Michael Mann", "Meg Ryan"),
    themes=("wedding",),
    moods=("silly",),
    languages=("French",),
)
CHECKER = ClaimChecker(Catalogue([HEAT, THIEF, OTHER]))


@pytest.mark.parametrize(
    "text",
    [
        "Crime and thriller, directed by Michael Mann. Themes: heist, police.",
        "Michael Mann directed it, and Thief (1981) too.",
        "From the director of Thief (1981), Michael Mann.",
        "What it has in common with Thief (1981): heist. It runs 170 minutes.",
        "With Robert De Niro, as you asked. It came out in 1995.",
        "In the vein of Thief (1981): crime. The mood is tense.",
        "Critics rated it 8.3 of 10. Made in United States. Spoken in English.",
        "由Michael Mann执导，和Thief (1981)一样。片长170分钟，符合你的条件。",
    ],
)
def test_true_cards_pass(text: str) -> None:
    verdict = CHECKER.check(text, HEAT)
    assert verdict.false == ()
    assert verdict.claims > 0


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Directed by Meg Ryan.", "Meg"),
        ("Directed by Al Pacino.", "al pacino"),
        ("With Michael Mann, as you asked.", "michael mann"),
        ("Written by Robert De Niro.", "robert de niro"),
        ("Directed by Michael Mann, like Paper, Scissors (2001).", "michael mann"),
        ("Themes it shares with Paper, Scissors (2001): heist.", "heist"),
        ("Crime, like Nothing Known (1999).", "1999"),
        ("It is musical, as you asked.", "musical"),
        ("The mood is silly.", "silly"),
        ("The mood is heist.", "heist"),
        ("Themes: tense.", "tense"),
        ("Spoken in French.", "French"),
        ("It runs 117 minutes.", "117"),
        ("It came out in 1996.", "1996"),
        ("It runs 1995 minutes.", "1995"),
        ("Critics rated it 8.4 of 10.", "8.4"),
        ("Oscars won: 3.", "3"),
        ("It is from the maker of Jaws.", "Jaws"),
        ("Directed by Common.", "Common"),
        ("Like Thief (1981).", "Thief"),
    ],
)
def test_false_cards_are_found(text: str, word: str) -> None:
    false = CHECKER.check(text, HEAT).false
    assert false and any(word in sentence for sentence in false)


def test_a_word_that_is_a_person_elsewhere_is_no_claim_in_small_letters() -> None:
    assert CHECKER.check("What it has in common with Thief (1981): crime.", HEAT).false == ()
    assert CHECKER.check("What it has in common with Crime (1999): comedy.", OTHER).false, "no such film"
    assert CHECKER.check("What it has in common: comedy.", OTHER) == CHECKER.check("What it shares: comedy.", OTHER)


def test_names_are_told_with_their_fields() -> None:
    assert ("genres", "crime") in CHECKER.check("It is crime.", HEAT).named
