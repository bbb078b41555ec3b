"""What entities are called in Chinese, and that people are understood who call them so."""

from collections import Counter

import pytest

from bot.checking import holds
from bot.phrases import phrases
from kg.catalogue import Catalogue
from kg.items import Entity, Fact, edges_of
from kg.linking.lexicon import Lexicon
from kg.names import called, foreign_names, is_asked_by, translated
from kg.sources import default_catalogue

KINDS = ("genre", "mood", "theme", "country", "language")
FILM = Entity("a", "Up (2009)", "item")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(default_catalogue().items)


def _names(catalogue: Catalogue, kind: str) -> Counter[str]:
    return Counter(n for item in catalogue for _, of, names in edges_of(item) for n in names if of == kind)


def test_every_genre_mood_and_theme_has_a_name(catalogue: Catalogue) -> None:
    for kind in ("genre", "mood", "theme"):
        assert _names(catalogue, kind).keys() == dict(translated(kind)).keys()
    for kind in ("country", "language"):
        common = {name for name, films in _names(catalogue, kind).items() if films >= 20}
        assert common <= dict(translated(kind)).keys()


def test_no_name_is_given_twice() -> None:
    told = [name for kind in KINDS for _, name in translated(kind)]
    assert len(told) == len(set(told)) == len(foreign_names())


def test_what_has_no_other_name_keeps_its_own() -> None:
    assert called("genre:Sci-Fi", "zh") == "科幻"
    assert called("genre:Sci-Fi", "en") == "Sci-Fi"
    assert called("person:Ang Lee", "zh") == "Ang Lee"
    assert called("theme:beekeeping", "zh") == "beekeeping"


def test_a_name_is_understood_and_nearly_always_as_itself(catalogue: Catalogue) -> None:
    lexicon, itself, asked = Lexicon(catalogue), 0, 0
    for kind in ("genre", "mood", "theme"):
        for name, foreign in translated(kind):
            linked = lexicon.link(foreign, "genre" if kind == "genre" else "keyword")
            if is_asked_by(foreign):
                assert linked.entity_id, foreign
                asked += 1
                itself += f"{kind}:{name}" in (linked.entity_id, *linked.also)
    assert itself > 0.95 * asked, "some are another's name too: 怀旧 is a mood and a theme"


def test_a_chinese_sentence_may_claim_its_facts_alone() -> None:
    time_travel = Fact(FILM, "HAS_THEME", Entity.of("theme", "time travel"))
    assert holds("讲的是时间旅行。", [time_travel])
    assert not holds("讲的是时间旅行、机器人。", [time_travel])
    assert phrases("zh").names([time_travel]) == ["时间旅行"]
