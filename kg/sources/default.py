"""The default catalogue: the films of `movies.db` with the notes on them, and the films that only the notes have."""

from collections import defaultdict
from collections.abc import Iterable

from kg.axes import with_estimates
from kg.items import Item
from kg.sources.base import Loaded, Tally
from kg.sources.film_notes import FilmNotes
from kg.sources.movies_db import MoviesDatabase
from kg.sources.people import best_known_first, one_spelling
from kg.text import normalise_title

# To be raised with every change of the code that gives other items from the same sources.
READING = 1


def default_catalogue(movies: MoviesDatabase | None = None, notes: FilmNotes | None = None) -> Loaded:
    """Returns about 18,900 items, sorted by id, the same on every call.

    Raises CatalogueError when the package or the notes are missing.
    """
    movies, notes = movies or MoviesDatabase(), notes or FilmNotes()
    films, added, written = movies.load(), notes.load(), notes.notes()
    tally = Tally(read=films.report.read + added.report.read)
    noted = [written[item.id].on(item) if item.id in written else item for item in films.items]
    tally.merged["notes joined by imdbID"] = sum(item.axes is not None for item in noted)
    spelled, changed = one_spelling(films.items, added.items)
    tally.cleaned["person of the notes, spelled as in movies.db"] = changed
    new = _new_films(noted, spelled)
    tally.dropped["film of the notes that movies.db has already"] = len(spelled) - len(new)
    items = with_estimates([*best_known_first(noted, billed=new), *new])
    tally.merged["axes estimated"] = sum(item.axes is not None and item.axes.estimated for item in items)
    return tally.loaded("default catalogue", items, (films.report, added.report))


class DefaultSource:
    """The default catalogue as a source."""

    name = "default catalogue"

    def fingerprint(self) -> str:
        """Returns a text that changes with the sources' content."""
        return default_fingerprint()

    def load(self) -> Loaded:
        """Returns the items."""
        return default_catalogue()


def default_fingerprint() -> str:
    """Returns a text that changes with the sources of the default catalogue and with how they are read."""
    return f"{READING}+{MoviesDatabase().fingerprint()}+{FilmNotes().fingerprint()}"


def _new_films(films: Iterable[Item], added: Iterable[Item]) -> list[Item]:
    known: defaultdict[str, list[Item]] = defaultdict(list)
    for item in films:
        known[normalise_title(item.title)].append(item)
    return [item for item in added if not any(_same_film(item, other) for other in known[normalise_title(item.title)])]


def _same_film(one: Item, other: Item) -> bool:
    """Two records of one title are one film if they share a director and their years differ by one at most."""
    near = one.year is None or other.year is None or abs(one.year - other.year) <= 1
    return near and bool(set(one.directors) & set(other.directors))
