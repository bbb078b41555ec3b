"""Numbers in other languages."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import pytest

from bot.understanding import rules

LIMITS = {
    "90年代的爱情片有什么好的": {"year_min": 1990, "year_max": 1999}, "八九十年代的香港武侠片": {"year_min": 1980, "year_max": 1999}, "八十年代的恐怖片": {"year_min": 1980, "year_max": 1989}, "2010年以后的战争片": {"year_min": 2011},
    "1980年以前的老电影": {"year_max": 1979}, "2000年到2010年之间的青春片": {"year_min": 2000, "year_max": 2010}, "两小时以内的惊悚片": {"runtime_max": 120}, "两个小时以内": {"runtime_max": 120}, "不超过90分钟的搞笑片": {"runtime_max": 90},
    "给我推荐三部治愈的电影": {"count": 3}, "来五部灾难片": {"count": 5}, "90年代のアクション映画を教えて": {"year_min": 1990, "year_max": 1999}, "2時間以内のコメディ": {"runtime_max": 120},
    "pelis de acción de los 80": {"year_min": 1980, "year_max": 1989}, "un film de science-fiction des années 90": {"year_min": 1990, "year_max": 1999}, "deux heures max": {"runtime_max": 120}, "ein thriller ab 2005": {"year_min": 2005},
    "gib mir drei kinderfilme": {"count": 3}, "un poliziesco degli anni 70": {"year_min": 1970, "year_max": 1979}, "max 100 minuti, divertente": {"runtime_max": 100}, "comédia dos anos 2000": {"year_min": 2000, "year_max": 2009},
    "menos de hora y media": {"runtime_max": 90}, "até uma hora e meia": {"runtime_max": 90}, "menos de dos horas": {"runtime_max": 120}, "moins de deux heures": {"runtime_max": 120}, "unter 90 Minuten": {"runtime_max": 90},
    "después de 2010": {"year_min": 2011}, "antes de 1980": {"year_max": 1979}, "nach 2000": {"year_min": 2001}, "vor 1970": {"year_max": 1969}, "avant 1960": {"year_max": 1959}, "depuis 2015": {"year_min": 2015}, "aus den 80er jahren": {"year_min": 1980, "year_max": 1989},
}  # fmt: skip


@pytest.mark.parametrize(("text", "limits"), LIMITS.items())
def test_limits_in_other_languages(text: str, limits: dict[str, int]) -> None:
    assert rules.constraints(text).stated() == limits


@pytest.mark.parametrize(
    ("text", "place"),
    [("第二部怎么样", 2), ("la primera", 1), ("le deuxième", 2), ("el último", -1), ("die letzte", -1)],
)
def test_places_in_other_languages(text: str, place: int) -> None:
    assert rules.place(text, shown=3) == place
