"""INSPIRED's dialogues (Hayati et al. 2020) as rows over the product's catalogue.

Its films have no ids: a name such as "Joker (2019)" is linked by title and year, and is its own id here.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from kg.catalogue import Catalogue
from kg.errors import CatalogueError
from training.scorer_dialogues import Role, Row, Said
from training.scorer_examples import joined

Utterance = Mapping[str, str]


def inspired_rows(path: Path) -> list[Row]:
    """Returns a row for each turn of a recommender that names a film, after a context that is not empty.

    As in ReDial's protocol, consecutive utterances of one speaker are merged. Raises CatalogueError when the file
    cannot be read.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            utterances = list(csv.DictReader(file, delimiter="\t"))
        talks = groupby(utterances, key=lambda line: line["dialog_id"])
        return [row for number, (_, lines) in enumerate(talks) for row in _rows(number, list(lines))]
    except (OSError, KeyError) as error:
        raise CatalogueError(f"{path} cannot be read as INSPIRED's dialogues ({error}).") from error


def linked_names(rows: Sequence[Row], catalogue: Catalogue) -> dict[str, str]:
    """Returns the catalogue's id of each film of the rows that it has."""
    return joined({name: name for row in rows for name in (*row.named, *row.targets)}, catalogue)


def _rows(number: int, lines: Sequence[Utterance]) -> Iterator[Row]:
    context: list[Said] = []
    named: list[str] = []
    for turn, (speaker, spoken) in enumerate(groupby(lines, key=lambda line: line["speaker"])):
        said = list(spoken)
        role: Role = "seeker" if speaker == "SEEKER" else "recommender"
        films = tuple(dict.fromkeys(film for line in said for film in _films(line)))
        if role == "recommender" and context and films:
            yield Row(number, turn, "", tuple(context), tuple(named), films, {})
        context.append(Said(role, " ".join(line["text"].replace("QUOTATION_MARK", '"') for line in said)))
        named += films


def _films(line: Utterance) -> list[str]:
    return [name.strip() for name in (line["movies"] or "").split(";") if name.strip()]
