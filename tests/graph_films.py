"""A small catalogue for the graph's tests, with what can go wrong in it, and a way to make others."""

from hypothesis import strategies as st

from kg.items import Amount, Item, Joined

FILMS = (
    Item(
        "alien",
        "Alien",
        1979,
        genres=("Horror", "Sci-Fi"),
        directors=("Ridley Scott",),
        cast=("Sigourney Weaver", "John Hurt"),
        runtime=117,
        languages=("English",),
        countries=("United Kingdom", "United States"),
        popularity=0.95,
        themes=("alien contact", "spaceship"),
        moods=("tense", "claustrophobic"),
        writers=("Dan O'Bannon",),
        rating=9.1,
        oscars=1,
    ),
    Item(
        "aliens",
        "Aliens",
        1986,
        genres=("Action", "Sci-Fi", "Horror"),
        directors=("James Cameron",),
        cast=("Sigourney Weaver", "Bill Paxton"),
        runtime=137,
        languages=("English",),
        countries=("United States",),
        popularity=0.9,
        themes=("alien contact", "soldier"),
        moods=("intense",),
        writers=("James Cameron", "Dan O'Bannon"),
        rating=9.0,
        oscars=2,
    ),
    Item(
        "titanic",
        "Titanic",
        1997,
        genres=("Drama", "Romance"),
        directors=("James Cameron",),
        cast=("Kate Winslet", "Leonardo DiCaprio", "Bill Paxton"),
        runtime=194,
        languages=("English",),
        countries=("United States",),
        popularity=1.0,
        writers=("James Cameron",),
        rating=8.0,
        oscars=11,
    ),
    Item("blade", "Blade Runner", 1982, ("Sci-Fi",), ("Ridley Scott",), ("Sean Young",), 117, popularity=0.9),
    # One person with three parts in one film, a name with quotes, and a title that is also an entity's name.
    Item("room", 'The "Room"', 2003, ("Drama",), ("Tommy O'Wiseau",), ("Tommy O'Wiseau",), writers=("Tommy O'Wiseau",)),
    Item("horror", "Horror", None, ("Horror",), popularity=0.1),
    Item("bare", "Nothing Known"),
    # What only a catalogue of its own kind has: another role facets, a range.
    Item(
        "game",
        "Pickpockets",
        2021,
        themes=("pickpocket",),
        popularity=0.2,
        joined=(
            Joined("DESIGNED_BY", "person", ("Bo Ode", "Ann Ode")),
            Joined("HAS_MECHANIC", "mechanic", ("bluff",)),
        ),
        amounts=(Amount("players", 2, 5, "2–5 players"), Amount("price", 19.5, 19.5, "$19.50")),
    ),
)

_names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=4) | st.sampled_from("ABC")
_lists = st.lists(_names, max_size=4).map(tuple)
_counts = st.none() | st.integers(min_value=1, max_value=9999)

_joined = st.builds(Joined, st.sampled_from(["MADE_BY", "SUNG_BY"]), st.just("person"), _lists) | st.builds(
    Joined, st.sampled_from(["HAS_FORM", "HAS_LABEL"]), st.sampled_from(["form", "label"]), _lists
)
_amounts = st.builds(Amount, _names, st.floats(0, 9), st.floats(9, 99), _names)

ITEMS = st.builds(
    Item,
    id=st.text("abcdefgh:'é", min_size=1, max_size=3),
    title=_names,
    year=_counts,
    genres=_lists,
    directors=_lists,
    cast=_lists,
    runtime=_counts,
    languages=_lists,
    countries=_lists,
    popularity=st.floats(0, 1),
    themes=_lists,
    moods=_lists,
    writers=_lists,
    rating=st.none() | st.floats(0, 10),
    oscars=st.integers(0, 11),
    joined=st.lists(_joined, max_size=2).map(tuple),
    amounts=st.lists(_amounts, max_size=2).map(tuple),
)
CATALOGUES = st.lists(ITEMS, max_size=8, unique_by=lambda item: item.id)
