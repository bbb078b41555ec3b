"""From what people type to what they mean, on the whole default catalogue."""

import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.items import Item
from kg.linking import Linked, Linker, MentionKind, Spot
from kg.linking.tables import sayings
from kg.sources import default_catalogue

CASES = tomllib.loads(Path(__file__).with_name("test_linking_cases.toml").read_text(encoding="utf-8"))
KINDS: dict[str, MentionKind] = {
    "items": "item",
    "people": "person",
    "genres": "genre",
    "keywords": "keyword",
    "countries": "country",
    "languages": "language",
}
TABLE = [(text, KINDS[name], meant) for name, table in CASES.items() for text, meant in table.items()]

ORDINARY = """
It was great.
I want to see it again.
up to you
I gave up on her a long time ago
it was big and I felt at home with her
I'm going to drive home and pick her up
That felt like home
us two are looking for a movie
What should we watch tonight?
I saw that yesterday with my brother
I have seen it once, that is enough
seen it already, thanks
I love it
I like her
I loved everything about it
we watched it together last night
my wife and I live in Chicago
I'm from Australia
I'm home alone tonight
it's about time we saw something new
Thanks, that was a great help
Can you help me find a good movie?
how do you know?
life is beautiful, isn't it
you can count on me
Let me in on the secret
what's up?
I would like up to five suggestions
this one, not the other one
the first one, please
No way, I am not watching that
my family wants something for the kids
give me a good action movie
Looking for a scary movie for date night
any good family film for the weekend?
I'd like something with a true story
something like that
nothing too long, under two hours
I want a love story with a happy ending
I need a laugh after a bad day
the ending was a surprise
I have a crush on the lead actor
my mother is a huge fan
we had a long day at work
don't worry, take your time
I hate the cold and the dark
she said yes
he is not my type
can we start over?
forget about me
Good night and thank you
See you tomorrow
Never again!
No, nothing else, bye
I have been to Paris and Rome
it is the end of the day
Show me more
more like the last one
I watch movies alone at night
the kids are asleep so no noise please
my friend Emma told me to ask you
Monday is a good day for me
I am so sorry, I was away
He had a heart attack in the middle of the night
what women think about it
ok cool
Yes. Please do.
That was fun, what next?
I wish I could fly
do you know who I am?
OMG I CANNOT DECIDE WHAT TO WATCH TONIGHT
I Want To Watch Something New Tonight Please
remember me? we talked last week
the one with the dog
you never know what you are going to get
any way, what is it about
hello there, how are you doing today
they were all fine, I guess
a few more, please
in the mood for a movie
when in doubt, I go for comedy
people called it an epic gangster drama
a boy builds a bond with a robot
j'ai vu un film et une série
they work as Santa's elves, being hunted by creatures
I was reading about it and It was not clear
Greetings, how are you?
It stars Woody Harrelson and Bill Murray
that is on my bucket list
I have seen 3 movies in 10 days
thinking of the future and the past
""".strip().splitlines()

SPOTTED = {
    "I loved Inception, something newer without Tom Cruise?": ["item:Inception", "person:Tom Cruise"],
    "watched up yesterday": ["item:up"],
    "movies like heat": ["item:heat"],
    "have you seen the movie called it?": ["item:it"],
    "I loved Her and Up": ["item:Her", "item:Up"],
    'what about "home"?': ["item:home"],
    "It (2017) scared me": ["item:It (2017)"],
    "crash 2004 please": ["item:crash"],
    "what women want was great": ["item:what women want"],
    "i liked intersteller and pulp ficton": ["item:intersteller", "item:pulp ficton"],
    "inception interstellar the dark knight memento": [
        "item:inception",
        "item:interstellar",
        "item:the dark knight",
        "item:memento",
    ],
    "gravity, inception and up": ["item:gravity", "item:inception", "item:up"],
    "The Sting, the help, get out": ["item:The Sting", "item:the help", "item:get out"],
    "heat or casino?": ["item:heat", "item:casino"],
    "Rocky II or Rocky 2": ["item:Rocky II", "item:Rocky 2"],
    "any good harry potter movies?": ["item:harry potter"],
    "不要汤姆·克鲁斯": ["person:汤姆·克鲁斯"],
    "Nolan's best films": ["person:Nolan"],
    "directed by spielberg": ["person:spielberg"],
    "something funny with the rock": ["genre:funny", "person:the rock"],
    "Leonardo dicapprio films": ["person:Leonardo dicapprio"],
    "korean thriller like oldboy": ["country:korean", "genre:thriller", "item:oldboy"],
    "a french film in french": ["country:french", "language:french"],
    "I want a heist film with a twist": ["keyword:heist", "keyword:a twist"],
    "no horror, no musicals, nothing with adam sandler": ["genre:horror", "genre:musicals", "person:adam sandler"],
    "我喜欢盗梦空间和科幻片": ["item:盗梦空间", "genre:科幻"],
    "《英雄》怎么样": ["item:英雄"],
    "i love chicago": ["item:chicago"],
    "I saw Thor: Ragnarok": ["item:Thor: Ragnarok"],
    "Just Go with It is one of my favorites": ["item:Just Go with It"],
}


@pytest.fixture(scope="session")
def catalogue() -> dict[str, Item]:
    return {item.id: item for item in default_catalogue().items}


@pytest.fixture(scope="session")
def linker(catalogue: dict[str, Item]) -> Linker:
    return Linker(catalogue.values())


def meant(linked: Linked, catalogue: dict[str, Item]) -> str:
    """The answer in the words of the table."""
    if linked.entity_id is None:
        return ""
    item = catalogue.get(linked.entity_id)
    name = item.label if item else linked.entity_id.removeprefix("person:")
    return " + ".join((name, *linked.also))


def item_id(catalogue: dict[str, Item], label: str) -> str:
    """The id of the item of this label."""
    return next(item.id for item in catalogue.values() if item.label == label)


@pytest.mark.parametrize(("text", "kind", "expected"), TABLE)
def test_links(linker: Linker, catalogue: dict[str, Item], text: str, kind: MentionKind, expected: str) -> None:
    linked = linker.link(text, kind)
    assert meant(linked, catalogue) == expected
    assert (linked.score >= 0.4) == bool(expected)


def test_there_are_many_cases() -> None:
    assert len(TABLE) >= 120
    assert len(ORDINARY) >= 60


def test_a_doubtful_title_has_rivals(linker: Linker, catalogue: dict[str, Item]) -> None:
    linked = linker.link("Crash", "item")
    assert catalogue[linked.entity_id or ""].label == "Crash (2004)"
    assert [catalogue[other].label for other, _ in linked.rivals] == ["Crash (1996)"]
    assert not linked.series
    assert linker.link("Titanic", "item").rivals == ()


def test_the_year_of_the_call_decides(linker: Linker, catalogue: dict[str, Item]) -> None:
    assert linker.link("Crash", "item", year=1996).entity_id == item_id(catalogue, "Crash (1996)")
    assert linker.link("Crash", "item", year=1997).entity_id == item_id(catalogue, "Crash (1996)")
    assert linker.link("Crash", "item", year=1950).entity_id is None


def test_what_was_spoken_of_decides(linker: Linker, catalogue: dict[str, Item]) -> None:
    cronenberg = linker.link("Crash", "item", context=["person:David Cronenberg"])
    assert cronenberg.entity_id == item_id(catalogue, "Crash (1996)")
    spoken_of = linker.link("Crash", "item", context=[item_id(catalogue, "Crash (1996)")])
    assert spoken_of.entity_id == item_id(catalogue, "Crash (1996)")
    rings = item_id(catalogue, "The Lord of the Rings: The Two Towers (2002)")
    assert linker.link("Jackson", "person").entity_id == "person:Samuel L. Jackson"
    assert linker.link("Jackson", "person", context=[rings]).entity_id == "person:Peter Jackson"


@pytest.mark.parametrize("name", ["Harry Potter", "Star Wars", "Fast and Furious", "lotr", "James Bond", "harry poter"])
def test_a_family_is_named_without_a_question(linker: Linker, name: str) -> None:
    linked = linker.link(name, "item", limit=3)
    assert linked.entity_id
    assert linked.series
    assert len(linked.rivals) == 3


def test_names_that_many_bear_have_rivals(linker: Linker) -> None:
    linked = linker.link("Anderson", "person")
    assert "person:Paul Thomas Anderson" in {linked.entity_id, *(other for other, _ in linked.rivals)}
    assert len(linked.rivals) > 1


def test_a_hero_among_the_keywords_leads_to_his_films(linker: Linker, catalogue: dict[str, Item]) -> None:
    linked = linker.link("Batman", "keyword")
    assert catalogue[linked.entity_id or ""].title == "Batman"
    assert linked.score == 0.5


@pytest.mark.parametrize("utterance", ORDINARY)
def test_ordinary_sentences_hold_no_film(linker: Linker, utterance: str) -> None:
    assert [spot.text for spot in linker.spot(utterance) if spot.kind == "item"] == []


@pytest.mark.parametrize(("utterance", "expected"), SPOTTED.items())
def test_spots(linker: Linker, utterance: str, expected: list[str]) -> None:
    assert [f"{spot.kind}:{spot.text}" for spot in linker.spot(utterance)] == expected


def test_a_spot_is_linked(linker: Linker, catalogue: dict[str, Item]) -> None:
    (spot,) = linker.spot("have you seen crash (1996)?")
    assert (spot.start, spot.end, spot.text) == (14, 26, "crash (1996)")
    assert catalogue[spot.entity_id or ""].label == "Crash (1996)"
    assert spot.score == 1.0


def check_spots(text: str, spots: tuple[Spot, ...]) -> None:
    end = 0
    for spot in spots:
        assert text[spot.start : spot.end] == spot.text != ""
        assert spot.start >= end
        assert spot.entity_id
        assert 0 < spot.score <= 1
        end = spot.end


PIECES = [
    "the ",
    "It",
    "rocky ii",
    " (1996)",
    "星球大战",
    "\u202e",
    "\x00",
    "🎬",
    "\n",
    "'s",
    "“",
    '"',
    ". ",
    ",",
    "E.T.",
    "&",
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join)))
def test_any_text_is_spotted_and_linked(linker: Linker, text: str) -> None:
    check_spots(text, linker.spot(text))
    for kind in KINDS.values():
        linked = linker.link(text, kind)
        assert 0 <= linked.score <= 1
        assert (linked.entity_id is None) == (linked.score == 0)


@pytest.mark.parametrize(
    "piece",
    ["inception heat it ", "a", "loved Alien ", "the ", "盗梦空间", "\u202eאבג ", "🎬", "wjqx ", "'\"(", "1999 "],
)
def test_a_long_text_is_read_to_its_end(linker: Linker, piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    check_spots(text, linker.spot(text))


def test_many_threads_get_the_same_answers(linker: Linker) -> None:
    texts = [text for text, kind, _ in TABLE if kind == "item"]
    alone = [linker.link(text, "item") for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: linker.link(text, "item"), texts)) == alone


def test_an_empty_catalogue_links_nothing() -> None:
    linker = Linker([])
    assert linker.link("Inception", "item").entity_id is None
    assert linker.link("Spielberg", "person").entity_id is None
    assert linker.link("horror", "genre").entity_id is None
    assert linker.spot("I loved Inception and horror by Spielberg") == ()


def test_a_catalogue_with_other_names_is_understood() -> None:
    linker = Linker([Item("1", "Solaris", 1972, genres=("Science Fiction",), countries=("USSR",))])
    assert linker.link("sci-fi", "genre").entity_id == "genre:Science Fiction"
    assert linker.link("soviet", "country").entity_id == "country:USSR"
    assert linker.link("romcom", "genre").entity_id is None


def test_every_nickname_leads_into_the_default_catalogue(linker: Linker) -> None:
    unknown = [label for label, _ in sayings("items", "item") if linker.link(label, "item").score < 0.9]
    unknown += [name for name, _ in sayings("people", "person") if f"person:{name}" not in linker.people.position]
    for table in ("genres", "keywords"):
        for formula, words in (*sayings(table, "mixed"), *sayings(table, "approximate")):
            unknown += [formula for word in words[:1] if linker.lexicon.link(word, "keyword").entity_id is None]
    assert unknown == []
