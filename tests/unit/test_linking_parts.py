"""The parts of linking, each on its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.items import Item
from kg.linking.choice import Candidate, choose
from kg.linking.fame import fame_of
from kg.linking.fuzzy import NameIndex
from kg.linking.lexicon import Lexicon
from kg.linking.ordinary import ordinary_english
from kg.linking.spotting.evidence import Evidence, evidence_at
from kg.linking.spotting.tokens import tokenise, window_key
from kg.linking.stems import phrase_key, stem_key
from kg.linking.tables import cues, read_table
from kg.linking.title_keys import digits, loose, series_head, starts_with_article, title_keys
from kg.linking.types import NOTHING
from kg.linking.years import split_bare_year, split_year
from kg.text import normalise_name, normalise_title


def test_fame_is_the_logarithm_of_the_rank() -> None:
    assert fame_of([0.9, 0.1] + [0.5] * 8) == pytest.approx([1.0, 0.0] + [0.26] * 8, abs=0.01)
    assert fame_of([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_the_better_known_has_more_fame(popularity: list[float]) -> None:
    fames = fame_of(popularity)
    assert all(fame >= 0 for fame in fames)
    by_popularity = sorted(zip(popularity, fames, strict=True))
    assert [fame for _, fame in by_popularity] == sorted(fames)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("intersteller", "interstellar"),
        ("pulp ficton", "pulp fiction"),
        ("aline", "alien"),
        ("jurasic prak", "jurassic park"),
    ],
)
def test_misspelt_names_are_found(query: str, expected: str) -> None:
    names = ["interstellar", "pulp fiction", "alien", "aliens", "jurassic park", "park", "fiction"]
    ((position, similarity), *_) = NameIndex(names).near(query, 0.7)
    assert names[position] == expected
    assert 0.7 <= similarity < 1


def test_beginnings_are_found() -> None:
    assert (
        NameIndex(["eternal sunshine of the spotless mind", "sunshine"]).beginning("ethernal sunshine", 0.8)[0][0] == 0
    )


@given(st.lists(st.text(max_size=12), max_size=20), st.text(max_size=12))
def test_any_names_are_searched(names: list[str], query: str) -> None:
    index = NameIndex(names)
    for position, similarity in index.near(query, 0.5):
        assert 0 <= position < len(names)
        assert 0.5 <= similarity <= 1
    assert all(0.8 <= similarity <= 1 for _, similarity in index.beginning(query, 0.8))


@given(st.lists(st.text(alphabet="abcdef ", min_size=3, max_size=12), min_size=1, max_size=30), st.data())
def test_a_name_is_nearest_to_itself(names: list[str], data: st.DataObject) -> None:
    query = data.draw(st.sampled_from(names))
    assert query in [
        names[position] for position, similarity in NameIndex(names).near(query, 0.99) if similarity == 1.0
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crash (2004)", ("Crash", 2004)),
        ("Crash [ 2004 ]", ("Crash", 2004)),
        ("Crash (2004", ("Crash", 2004)),
        ("Crash", ("Crash", None)),
        ("(2004)", ("(2004)", None)),
        ("Blade Runner 2049", ("Blade Runner 2049", None)),
    ],
)
def test_a_year_in_brackets_is_split_off(text: str, expected: tuple[str, int | None]) -> None:
    assert split_year(text) == expected


def test_a_bare_year_is_split_off() -> None:
    assert split_bare_year("dune 2021") == ("dune", 2021)
    assert split_bare_year("dune, 2021") == ("dune", 2021)
    assert split_bare_year("1984") == ("1984", None)
    assert split_bare_year("dune 3021") == ("dune 3021", None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ocean's Eleven", "oceans 11"),
        ("Spider-Man", "spiderman"),
        ("Kill Bill: Volume 2", "kill bill 2"),
        ("Doctor Strange", "dr. strange"),
        ("The Godfather Part II", "godfather 2"),
        ("Freddy vs. Jason", "Freddy versus Jason"),
    ],
)
def test_loose_spellings_are_equal(one: str, other: str) -> None:
    assert loose(normalise_title(one)) == loose(normalise_title(other))


def test_titles_have_keys_for_their_parts() -> None:
    keys = dict(title_keys("Star Wars: Episode V – The Empire Strikes Back"))
    assert {"star wars 5", "empire strikes back", "star wars"} <= keys.keys()
    assert keys["star wars episode 5 the empire strikes back"] == 1.0
    assert "part 2" not in dict(title_keys("Harry Potter and the Deathly Hallows – Part 2"))
    assert "prisoner of azkaban" in dict(title_keys("Harry Potter and the Prisoner of Azkaban"))
    assert digits("oceans eleven") == "oceans 11"


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Rocky II", "rocky"),
        ("Harry Potter and the Goblet of Fire", "harry potter"),
        ("Toy Story 3", "toy story"),
        ("Up", None),
    ],
)
def test_a_title_says_its_family(title: str, head: str | None) -> None:
    assert series_head(title, normalise_title(title)) == head


def test_articles_are_seen() -> None:
    assert starts_with_article("The Heat")
    assert starts_with_article("Heat, The")
    assert not starts_with_article("Heat")
    assert not starts_with_article("Theatre")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vampires", "vampire"),
        ("witches", "witch"),
        ("wolves", "wolf"),
        ("time travelling", "time travel"),
        ("bodies", "body"),
    ],
)
def test_stems_are_equal(one: str, other: str) -> None:
    assert stem_key(one) == stem_key(other)


def test_short_words_keep_their_end() -> None:
    assert stem_key("news") != stem_key("new")
    assert phrase_key("Rock 'n' Roll, Sci-Fi") == "rock n roll sci fi"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. K. Simmons", "jk simmons"),
        ("Penélope Cruz", "penelope cruz"),
        ("Park Chan-wook", "park chan wook"),
        ("O'Toole", "otoole"),
    ],
)
def test_names_are_written_one_way(one: str, other: str) -> None:
    assert normalise_name(one) == normalise_name(other)


def test_the_better_known_wins_unless_the_other_fits_better() -> None:
    linked = choose([Candidate("a", 1.0, 3.0), Candidate("b", 1.0, 0.5), Candidate("c", 0.95, 2.5)], limit=5)
    assert linked.entity_id == "a"
    assert [other for other, _ in linked.rivals] == ["c"]
    assert linked.score + linked.rivals[0][1] == pytest.approx(1.0, abs=0.06)
    assert choose([Candidate("a", 0.7, 1.0), Candidate("b", 1.0, 0.5)], limit=5).entity_id == "b"
    assert choose([Candidate("a", 0.3, 4.0)], limit=5) == NOTHING
    assert choose([], limit=5) == NOTHING


def test_only_what_the_catalogue_has_is_meant() -> None:
    lexicon = Lexicon([Item("1", "A", genres=("Romance",), countries=("Sweden",))])
    assert lexicon.link("romcom", "genre").entity_id == "genre:Romance"
    assert lexicon.link("romcom", "genre").also == ()
    nordic = lexicon.link("nordic", "country")
    assert (nordic.entity_id, nordic.series) == ("country:Sweden", False)
    assert lexicon.link("horror", "genre") == NOTHING
    assert lexicon.link("", "keyword") == NOTHING


def test_tokens_keep_their_places() -> None:
    text = "I saw E.T. & Schindler’s List (1993), didn't I?"
    tokens = tokenise(text)
    assert [token.key for token in tokens] == ["i", "saw", "et", "and", "schindlers", "list", "1993", "didnt", "i"]
    assert all(text[token.start : token.end] for token in tokens)
    assert [token.key for token in tokens if token.capital] == ["et", "schindlers", "list"]
    assert window_key(tokenise("Rocky II: Redemption"), 0, 2) == "rocky 2"
    assert window_key(tokenise("Batman v Superman"), 0, 3) == "batman v superman"


def test_capitals_say_nothing_where_all_have_one() -> None:
    assert not any(token.capital for token in tokenise("I LOVE HEAT AND DRIVE"))
    assert not any(token.capital for token in tokenise("I Love Heat And Drive"))
    assert [token.key for token in tokenise("i love Heat and Drive") if token.capital] == ["heat", "drive"]


def around(text: str, word: str) -> Evidence:
    tokens = tokenise(text)
    place = next(number for number, token in enumerate(tokens) if token.key == word)
    return evidence_at(text, tokens, place, place + 1)


@pytest.mark.parametrize(
    ("text", "word", "fact"),
    [
        ('I liked "it" a lot', "it", "quoted"),
        ("it (2017) is scary", "it", "dated"),
        ("a film called it", "it", "named"),
        ("we saw Heat there", "heat", "capitals"),
        ("we watched heat", "heat", "viewed"),
        ("something like heat", "heat", "liked"),
        ("the heat movie", "heat", "noun"),
        ("heat was great", "heat", "bounded"),
        ("we live in Heat", "heat", "placed"),
        ("Heat was great", "heat", "subject"),
        ("heat", "heat", "alone"),
    ],
)
def test_evidence_is_seen(text: str, word: str, fact: str) -> None:
    assert getattr(around(text, word), fact)


@pytest.mark.parametrize(
    ("text", "word", "fact"),
    [
        ("it feels like heat", "heat", "liked"),
        ("I would like heat", "heat", "liked"),
        ("more than heat", "heat", "liked"),
        ("I watched big dogs", "big", "bounded"),
        ("I like Carol Burnett", "carol", "capitals"),
        ("don't heat 'it up", "it", "quoted"),
        ("Heat it up", "heat", "capitals"),
    ],
)
def test_evidence_is_not_imagined(text: str, word: str, fact: str) -> None:
    assert not getattr(around(text, word), fact)


def test_the_tables_are_whole() -> None:
    english = ordinary_english()
    assert english.known("watch")
    assert not english.known("interstellar")
    assert english.rarity("the") < english.rarity("zebra")
    assert english.phrase_rarity("you can count on me") < english.phrase_rarity("pulp fiction")
    assert not english.telling & english.phrases
    assert all(cues().values())
    for name in ("genres", "places", "keywords", "people", "items"):
        assert read_table(name)
