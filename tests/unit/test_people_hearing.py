"""For whom each stretch of an utterance speaks, and who comes and goes: dozens of ways to say it."""

import pytest

from bot.people.gathering import Gathering, gathering
from bot.people.hearing import stretches
from bot.people.holders import EVERYONE, ME, Naming, of_role, owner_of, role_of

WIFE, KIDS, MOTHER = "my wife", "my kids", "my mother"

# the utterance; who is spoken for, in order, by the words that are theirs
SPOKEN: list[tuple[str, list[tuple[tuple[str, ...], str]]]] = [
    ("My wife hates violence, I love thrillers", [((WIFE,), "violence"), ((ME,), "thrillers")]),
    ("I love thrillers but my wife hates violence", [((ME,), "thrillers"), ((WIFE,), "violence")]),
    ("Ann likes musicals, I want something short", [(("Ann",), "musicals"), ((ME,), "short")]),
    ("my kids love Pixar", [((KIDS,), "Pixar")]),
    ("Kids love Pixar, grandma loves Audrey", [((KIDS,), "Pixar"), (("my grandmother",), "Audrey")]),
    ("My husband is really into westerns", [(("my husband",), "westerns")]),
    ("My husband isn't into musicals", [(("my husband",), "musicals")]),
    ("my girlfriend can't stand subtitles", [(("my girlfriend",), "subtitles")]),
    ("my 8-year-old daughter is scared of ghosts", [(("my daughter",), "ghosts")]),
    ("my friend Sarah doesn't like subtitles", [(("Sarah",), "subtitles")]),
    ("my mom's favourite is Casablanca", [((MOTHER,), "Casablanca")]),
    ("Casablanca is my mom's favorite", [((MOTHER,), "Casablanca")]),
    ("my wife's favourite movie is Amelie and mine is Heat", [((WIFE,), "Amelie"), ((ME,), "Heat")]),
    ("my wife and I love comedies", [((WIFE, ME), "comedies")]),
    ("Ann and Bob love horror", [(("Ann", "Bob"), "horror")]),
    ("both my wife and my mother hate gore", [((WIFE, MOTHER), "gore")]),
    ("we both love Pixar movies", [((EVERYONE,), "Pixar")]),
    ("Everyone loves Titanic", [((EVERYONE,), "Titanic")]),
    ("the kids want a cartoon", [((KIDS,), "cartoon")]),
    ("no horror for my wife please", [((WIFE,), "horror")]),
    ("nothing violent because of my kids", [((KIDS,), "violent")]),
    ("a thriller for me and a romance for my wife", [((WIFE,), "romance")]),
    ("For my wife something romantic", [((WIFE,), "romantic")]),
    ("for Ann: musicals; for Bob: westerns", [(("Ann",), "musicals"), (("Bob",), "westerns")]),
    ("My wife would like something romantic, but I'd rather have action", [((WIFE,), "romantic"), ((ME,), "action")]),
    ("My wife's in the mood for romance", [((WIFE,), "romance")]),
    ("my son has seen Frozen", [(("my son",), "Frozen")]),
    ("Ann doesn't mind horror after all", [(("Ann",), "horror")]),
    ("husband hates horror", [(("my husband",), "horror")]),
    ("She likes romances", []),
    ("Quentin Tarantino loves violence", []),
    ("I watched Heat with my wife and loved it", []),
    ("my wife recommended Inception to me", []),
    ("The film I loved most is Heat", []),
    ("我老婆讨厌暴力片，我喜欢惊悚片", [((WIFE,), "暴力"), ((ME,), "惊悚")]),
    ("我妈喜欢老电影，我爸受不了爱情片", [((MOTHER,), "老电影"), (("my father",), "爱情")]),
    ("孩子们喜欢动画片", [((KIDS,), "动画")]),
    ("小明想看科幻片，小红想看爱情片", [(("小明",), "科幻"), (("小红",), "爱情")]),
    ("给我老婆推荐一部爱情片", [((WIFE,), "爱情")]),
    ("我们都喜欢诺兰", [((EVERYONE,), "诺兰")]),
]


@pytest.mark.parametrize(("utterance", "expected"), SPOKEN)
def test_each_thing_is_held_by_whoever_it_is_said_of(
    utterance: str, expected: list[tuple[tuple[str, ...], str]]
) -> None:
    said = stretches(utterance, Naming((ME,)))
    found = [(next((s.holders for s in said if s.start <= utterance.index(w) < s.end), ()), w) for _, w in expected]
    assert found == expected
    if not expected:
        assert not said or {holder for s in said for holder in s.holders} <= {ME}


TAKEN_UP = [
    ("Ann likes musicals, Bob can't stand them", "Bob", "dislike"),
    ("My husband is into westerns but I can't stand them", ME, "dislike"),
    ("nothing gory, my husband can't stand it", "my husband", "dislike"),
    ("Ann and Bob love horror, my kids don't", KIDS, "dislike"),
    ("My husband isn't into musicals. I am.", ME, "like"),
    ("my wife hates horror and so do I", ME, None),
    ("I love westerns, my wife too", WIFE, None),
    ("不要恐怖片，我女儿怕", "my daughter", "dislike"),
]


@pytest.mark.parametrize(("utterance", "holder", "attitude"), TAKEN_UP)
def test_what_was_just_named_is_taken_up(utterance: str, holder: str, attitude: str | None) -> None:
    last = stretches(utterance, Naming((ME,)))[-1]
    assert (last.holders, last.attitude, last.again) == ((holder,), attitude, True)


def test_pronouns_mean_whoever_was_spoken_of_last() -> None:
    assert stretches("she likes musicals", Naming((ME, "my husband", WIFE)))[0].holders == (WIFE,)
    assert stretches("he likes musicals", Naming((ME, "my husband", WIFE)))[0].holders == ("my husband",)
    spoken = stretches("something for me and my girlfriend, she likes romances", Naming((ME,)))
    assert spoken[-1].holders == ("my girlfriend",)


def test_people_known_by_name_are_known_in_small_letters() -> None:
    assert [s.holders for s in stretches("ann likes musicals, bob hates them", Naming(("Ann", "Bob")))] == [
        ("Ann",),
        ("Bob",),
    ]


def test_a_title_is_no_person() -> None:
    utterance = "I love Heat and my wife hates it"
    start = utterance.index("Heat")
    said = stretches(utterance, Naming((ME,)), [(start, start + 4)])
    assert [s.holders for s in said] == [(ME,), (WIFE,)]


def test_a_role_belongs_to_whoever_speaks() -> None:
    assert stretches("my wife loves westerns", Naming((), "Ann"))[0].holders == ("Ann's wife",)
    role = role_of(of_role("wife", "Ann"))
    assert role is not None and role.name == "wife"
    assert owner_of("Ann's wife") == "Ann" and owner_of(WIFE) == owner_of("Ann") == ME


GATHERINGS: list[tuple[str, Gathering | None]] = [
    ("just for me", Gathering("only", (ME,))),
    ("just for me this time", Gathering("only", (ME,))),
    ("only for my kids please", Gathering("only", (KIDS,))),
    ("it's just me tonight", Gathering("only", (ME,))),
    ("never mind, it's just me tonight", Gathering("only", (ME,))),
    ("something my kids will love", Gathering("only", (KIDS,))),
    ("what film would my wife enjoy?", Gathering("only", (WIFE,))),
    ("我老婆会喜欢的电影", Gathering("only", (WIFE,), bare=False)),
    ("anything I would like", None),
    ("只给我推荐", Gathering("only", (ME,))),
    ("我一个人看", Gathering("only", (ME,))),
    ("Bob isn't coming", Gathering("without", ("Bob",))),
    ("my wife is in bed", Gathering("without", (WIFE,))),
    ("without my wife this time", Gathering("without", (WIFE,))),
    ("my wife is joining us again", Gathering("join", (WIFE,), bare=False)),
    ("something to watch with my wife tonight", Gathering("join", (WIFE,), bare=False)),
    ("forget about my wife", Gathering("forget", (WIFE,))),
    ("forget everything about Ann", Gathering("forget", ("Ann",))),
    ("forget Bob's tastes", Gathering("forget", ("Bob",))),
    ("忘掉我老婆的喜好", Gathering("forget", (WIFE,))),
    ("what do you know about Ann?", Gathering("show", ("Ann",))),
    ("What do you know about my wife", Gathering("show", (WIFE,))),
    ("what does Bob like?", Gathering("show", ("Bob",))),
    ("what are Ann's tastes?", Gathering("show", ("Ann",))),
    ("你知道我老婆的口味吗", Gathering("show", (WIFE,))),
    ("what do you know about me?", None),
    ("what do you know about Ann Dowd?", None),
    ("what do you know about Christopher Nolan?", None),
    ("forget about horror", None),
    ("forget that I like horror", None),
    ("just something funny", None),
    ("only comedies", None),
    ("I watched it with Tom", None),
]


@pytest.mark.parametrize(("utterance", "expected"), GATHERINGS)
def test_who_comes_and_goes(utterance: str, expected: Gathering | None) -> None:
    assert gathering(utterance, (ME, "Ann", "Bob")) == expected
