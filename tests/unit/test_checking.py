"""The check between a sentence and the user: what it must let pass, and what it must stop."""

import pytest

from bot.checking import holds
from kg.items import Entity, Fact, Item, Relation

HEAT = Entity.of_item(Item("tt1", "Heat", 1995))
FACTS = (
    Fact(HEAT, "DIRECTED_BY", Entity.of("person", "Michael Mann")),
    Fact(HEAT, "HAS_GENRE", Entity.of("genre", "Crime")),
    Fact(HEAT, "RUNS_FOR", Entity.of("value", "170")),
)


@pytest.mark.parametrize(
    "text",
    [
        "Directed by Michael Mann, it runs 170 minutes.",
        "Crime, directed by Michael Mann.",
        "Heat (1995) is directed by Michael Mann.",
        "You will like this crime film.",
        "directed by MICHAEL MANN",
        "由Michael Mann执导，片长170分钟。",
    ],
)
def test_true_sentences_pass(text: str) -> None:
    assert holds(text, FACTS)


@pytest.mark.parametrize(
    "text",
    [
        "Directed by Ridley Scott.",
        "It runs 171 minutes.",
        "A film with Al Pacino.",
        "It stars Michael Mann.",  # true name, false relation
        "Written by Michael Mann.",
        "It won an Oscar.",
        "From 1994, directed by Michael Mann.",
        "Heat (1996) is a crime film.",
        "Critics love it.",
        "Michael Mannheim directed it.",
        "由Al Pacino出演。",
        "片长171分钟。",
    ],
)
def test_claims_without_a_fact_are_stopped(text: str) -> None:
    assert not holds(text, FACTS)


def test_what_the_user_said_may_be_repeated() -> None:
    assert not holds("It keeps under your 180.", FACTS)
    assert holds("It keeps under your 180.", FACTS, said=("180",))


@pytest.mark.parametrize(
    ("relation", "sentence"),
    [("DIRECTED_BY", "directed by Ann Lee"), ("WRITTEN_BY", "written by Ann Lee"), ("FEATURES", "starring Ann Lee")],
)
def test_a_relation_needs_its_own_fact(relation: Relation, sentence: str) -> None:
    ann = Entity.of("person", "Ann Lee")
    assert holds(sentence, (Fact(HEAT, relation, ann),))
    others: list[Relation] = ["HAS_THEME", "HAS_GENRE"]
    assert not any(holds(sentence, (Fact(HEAT, other, ann),)) for other in others)
