"""Chinese by cue words and the catalogue's names."""

import pytest

from bot.understanding.chinese import is_chinese, read
from bot.understanding.reading import Span
from bot.understanding.types import Attitude, Attribute, Context, Intent, MentionKind, Turn
from retrieval.wish import Critique

SHOWN = Context(shown=("盗梦空间 (2010)", "教父 (1972)"))


def span(text: str, word: str, kind: MentionKind = "genre") -> Span:
    start = text.index(word)
    return Span(start, start + len(word), kind)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("推荐几部西部片", "recommend"),
        ("今天想看点轻松的", "recommend"),
        ("谢谢你", "thanks"),
        ("再见", "bye"),
        ("你好", "greet"),
        ("第一部是谁导演的", "ask"),
        ("为什么推荐这部", "explain"),
        ("比较一下前两部", "compare"),
        ("忘记我喜欢恐怖片", "edit"),
        ("撤销", "edit"),
        ("换个短一点的", "critique"),
        ("都看过了", "reject"),
        ("好的，就看第一部", "accept"),
        ("我讨厌歌舞片", "inform"),
        ("今天天气真糟", "other"),
    ],
)
def test_intents(text: str, intent: Intent) -> None:
    assert read(text, SHOWN, ()).intents[0] == intent


@pytest.mark.parametrize(
    ("text", "word", "kind", "attitude"),
    [
        ("想看西部片", "西部", "genre", "want"),
        ("我很喜欢西部片", "西部", "genre", "like"),
        ("我不喜欢西部片", "西部", "genre", "dislike"),
        ("推荐电影，不要西部片", "西部", "genre", "avoid"),
        ("有没有类似教父的电影", "教父", "item", "like"),
        ("教父我看过了", "教父", "item", "seen"),
        ("教父好看吗", "教父", "item", "about"),
        ("李安不要", "李安", "person", "avoid"),
        ("西部片不行", "西部", "genre", "avoid"),
        ("西部片除外", "西部", "genre", "avoid"),
        ("想看西部片，不要太血腥", "西部", "genre", "want"),
        ("没看过教父", "教父", "item", "about"),
        ("我特别喜欢李安", "李安", "person", "like"),
    ],
)
def test_attitudes(text: str, word: str, kind: MentionKind, attitude: Attitude) -> None:
    assert read(text, SHOWN, (span(text, word, kind),)).spans[0].attitude == attitude


@pytest.mark.parametrize(
    ("text", "attitudes"),
    [
        ("我讨厌恐怖片和西部片", ["dislike", "dislike"]),
        ("不要恐怖片、战争片或者西部片", ["avoid", "avoid", "avoid"]),
        ("我喜欢恐怖片，讨厌西部片", ["like", "dislike"]),
    ],
)
def test_what_is_joined_has_one_attitude(text: str, attitudes: list[Attitude]) -> None:
    spans = tuple(span(text, word) for word in ("恐怖", "战争", "西部") if word in text)
    assert [each.attitude for each in read(text, SHOWN, spans).spans] == attitudes


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("导演是谁", "director"),
        ("片长多久", "runtime"),
        ("这部讲什么", "plot"),
        ("哪年上映的", "year"),
        ("主演有谁", "cast"),
        ("里面有汤姆·克鲁斯吗", "cast"),
        ("哪部更长", "runtime"),
        ("拿过什么奖", "awards"),
        ("编剧是谁", "writer"),
        ("有国语配音吗", "language"),
    ],
)
def test_attributes(text: str, attribute: Attribute) -> None:
    assert read(text, SHOWN, ()).attribute == attribute


@pytest.mark.parametrize(
    ("text", "move"), [("太长了", "shorter"), ("新一点的", "newer"), ("冷门一点的有吗", "lesser_known")]
)
def test_moves_need_something_shown(text: str, move: Critique) -> None:
    assert read(text, SHOWN, ()).critique == (move,)
    assert read(text, Context(), ()).critique == ()


def test_the_word_of_a_move_is_no_mention() -> None:
    text = "换个轻松一点的"
    assert read(text, SHOWN, (span(text, "轻松", "keyword"),)).spans == ()


@pytest.mark.parametrize("text", ["不要西部片", "西部片不要", "西部片除外"])
def test_a_ban_asks_for_others(text: str) -> None:
    assert read(text, SHOWN, (span(text, "西部"),)).intents[:2] == ("critique", "recommend")
    assert read(text, Context(), (span(text, "西部"),)).intents[:2] == ("recommend", "inform")


@pytest.mark.parametrize(("text", "reference"), [("看过了", 0), ("我看过了。", 0), ("都看过了", None), ("不要", None)])
def test_a_bare_seen_is_about_the_film_shown(text: str, reference: int | None) -> None:
    assert read(text, SHOWN, ()).reference == reference
    assert read(text, Context(), ()).reference is None
    asked = Context((Turn("bot", "你看过《教父》吗？"),), SHOWN.shown)
    assert read(text, asked, ()).reference is None


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("推荐几部电影", True),
        ("I love Harry Potter 哈哈", False),
        ("映画をおすすめして", False),
        ("hello", False),
        ("", False),
    ],
)
def test_what_is_chinese(text: str, chinese: bool) -> None:
    assert is_chinese(text) is chinese
