"""A small catalogue for the graph's tests, with what can go wrong in it, and a way to make others."""

from hypothesis import strategies as st

from kg.items import Item

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
)

_names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=4) | st.sampled_from("ABC")
_lists = st.lists(_names, max_size=4).map(tuple)
_counts = st.none() | st.integers(min_value=1, max_value=9999)

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
)
CATALOGUES = st.lists(ITEMS, max_size=8, unique_by=lambda item: item.id)
