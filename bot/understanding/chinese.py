"""A reading of Chinese by cue words and the catalogue's names.

The tagger's encoder reads Chinese one character at a time and cuts names in two; the linker knows whole names.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.reading import Reading, Span, without_overlaps
from bot.understanding.types import Attitude, Attribute, Context, Intent
from retrieval.wish import Critique

# ruff: noqa: E501 — tables of patterns read best with one entry a line

_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_INTENTS: tuple[tuple[Intent, str], ...] = (
    ("edit", r"撤销|撤回|忘(记|了|掉)|删(除|掉)|清(空|除)|重置|重新开始|记(得|住)我|了解我|知道我|我的(口味|喜好)"),
    ("compare", r"(^|[，。,])比较|比较一下|对比|哪(个|部|一部)(更|比较)|还是.*(好|长|新)[?？]$|区别"),
    ("explain", r"为什么|为啥|怎么会推荐|理由"),
    ("help", r"你(能|会|可以)(做|干)(什么|啥)|怎么用|帮助"),
    ("ask", r"谁(导|演|拍|写)|导演是|主演|演员|哪(一)?年|什么时候(上映|拍)|多长|多久|几分钟|时长|什么(类型|语言)|哪(个)?国|评分|"
            r"几分|好看吗|值得看|获(过)?奖|[得拿](过)?(什么)?奖|奥斯卡|编剧|里(面)?有.{1,12}(吗|么)|(它|这部|那部|第.部).{0,8}(配音|字幕|的|片)(吗|么)|^有.{0,4}(配音|字幕)吗|讲(的是)?(什么|啥)|剧情|关于什么|介绍一下"),
    ("critique", r"(轻松|新|老|短|长|黑暗|沉重|冷门|小众|出名|热门|经典)(一)?点|太(长|短|老|旧|新|沉重|压抑|黑暗|轻松|吓人|冷门|热门|血腥)|"
                 r"换(个|一部|一批|点|几部)|别的|其他的|不一样的"),
    ("recommend", r"推荐|推薦|介绍几|想看|想找|找(一)?(部|个|点|些)|来(点|部|几|一|两|三|四|五)|有(没有|什么|啥|冇)|求|给我|随便|看(点|些)什么|"
                  r"看什么|还有.*吗|适合|除了|吗[?？]?$|好看的|怎么办"),
    ("accept", r"^(好(的|啊|吧)?|行|可以|就(这|它|看)|听起来不错|不错)|就看(这|第)"),
    ("reject", r"^(不(要|行|想看|用)|算了|没兴趣)|^(都)?看过了?[。!！]*$|都看过"),
    ("inform", r"喜欢|爱|讨厌|受不了|不感兴趣|看过|看了|没看|鍾意|好看|难看|无聊|腻"),
    ("bye", r"再见|拜拜|晚安|下次"),
    ("thanks", r"谢|多谢|感谢"),
    ("greet", r"^(你好|您好|嗨|哈喽|hello|hi)"),
)  # fmt: skip
_BEFORE: tuple[tuple[Attitude, str], ...] = (
    ("avoid", r"(不要|(?<!特)(?<!有)别(?!的)|不想看|除了|没那么|不是|不含|避开|少点|千万别给我推)[^，。,!！？?]{0,3}$"),
    ("dislike", r"(不(太|怎么|是很)?喜欢|讨厌|受不了|不爱|不感兴趣|厌倦)[^，。,!！？?]{0,3}$"),
    ("about", r"没(有)?看过[^，。,!！？?]{0,2}$"),
    ("seen", r"看过[^，。,!！？?]{0,2}$"),
    ("like", r"((?<!不)(?<!太)(特别)?喜欢|爱看|超爱|鍾意|类似|像|比如)[^，。,!！？?]{0,8}$"),
)
_REFUSED = re.compile(
    r"^(的)?(电影|片子?)?(都|就|也|还是)?(不要|别要|不行|不想看|免了|除外|算了)了?(?=[。，,!！?？\s]|$)"
)
_AFTER: tuple[tuple[Attitude, str], ...] = (
    ("dislike", r"^[^。]{0,8}(太(闷|无聊|难看|烂)|腻了|不好看)"),
    ("like", r"^[^。]{0,12}(?<!不)(?<!太)(很|都|真的)?(喜欢|好看|不错|精彩)(?!吗|么|不)"),
    ("seen", r"^(我|都)?(看过|看了)"),
)
_AND = re.compile(r"(的)?(电影|影片|片子?|类)?(和|跟|与|以及|及|、|或者?|还有)")
_ATTRIBUTES: tuple[tuple[Attribute, str], ...] = (
    ("director", r"导演|谁(导|拍)|执导"), ("writer", r"编剧|谁写"), ("cast", r"主演|演员|谁演|演的|里(面)?有.{1,12}(吗|么)"), ("year", r"哪(一)?年|什么时候"),
    ("runtime", r"多长|多久|几分钟|时长|(哪|谁).{0,3}更?(短|长)"), ("language", r"什么语言|哪种语言|配音|字幕|(国|英|粤|日|韩|法)语(的)?吗"), ("country", r"哪(个)?国|(国|西班牙|意大利|香港|台湾|印度|日本)(片|的)?吗"), ("genre", r"什么类型|什么片"),
    ("awards", r"获(过)?奖|奥斯卡|[得拿](过)?(什么)?奖"), ("rating", r"评分|几分|好看吗|值得"), ("plot", r"讲|剧情|关于什么|介绍"),
)  # fmt: skip
_MOVES: tuple[tuple[Critique, str], ...] = (
    ("newer", r"新(一)?点|太(老|旧)|更新的"), ("older", r"老(一)?点|太新|更老|经典(一)?点"), ("shorter", r"短(一)?点|太长"),
    ("longer", r"(?<!多)长(一)?点|太短"), ("lighter", r"轻松(一)?点|太(沉重|压抑|黑暗|吓人|血腥)"), ("darker", r"(黑暗|沉重)(一)?点|太轻松"),
    ("lesser_known", r"(冷门|小众)(一)?点|太(热门|大众)"), ("better_known", r"(热门|出名|有名)(一)?点|太(冷门|小众)"),
    ("different", r"换(个|一批|点)?(别的|不一样的|口味)|不一样的"), ("similar", r"类似的|差不多的|同类"),
)  # fmt: skip
_BANS = re.compile(r"不要|不想看|除外|别(要|有|放)")
_SEEN = re.compile(r"^\W*(我|都|已经|早就|这部|这个)*看过了?[。!！\s]*$")
_IT = re.compile(r"它|这(部|个)|那(部|个)|该片")
_NAMES_FILMS = re.compile(r"的.*(片|电影)")  # "两小时以内的惊悚片" is a request, "悬疑" may answer a question


def is_chinese(text: str) -> bool:
    """Returns whether a text is Chinese for the most part: Han characters, no kana, and not a Latin text with a few."""
    han = len(_HAN.findall(text))
    return han > 0 and not _KANA.search(text) and han >= len(re.findall(r"[A-Za-z]", text)) / 2


def read(text: str, context: Context, spans: tuple[Span, ...]) -> Reading:
    """Returns what the cues say of a Chinese text; `spans` are the catalogue's names in it, given an attitude."""
    intents = [intent for intent, pattern in _INTENTS if re.search(pattern, text, re.IGNORECASE)]
    if not context.shown:
        intents = [intent for intent in intents if intent not in ("critique", "explain")]
    if spans and _BANS.search(text) and not {"critique", "recommend", "ask", "edit"} & set(intents):
        kept = [intent for intent in intents if intent != "reject"]
        intents = ["critique", "recommend", *kept] if context.shown else ["recommend", "inform", *kept]
    if not intents and spans:
        intents = ["recommend"] if _NAMES_FILMS.search(text) else ["inform", "recommend"]
    best: Intent = intents[0] if intents else "other"
    found = [(move, match) for move, pattern in _MOVES if (match := re.search(pattern, text))]
    moves = found if "critique" in intents else []
    spans = tuple(s for s in spans if not any(m.start() < s.end and s.start < m.end() for _, m in moves))
    asks = best in ("ask", "compare")
    bare = intents == ["inform", "recommend"]
    return Reading(
        intents=tuple(dict.fromkeys((*intents, "other"))),
        spans=_with_attitudes(text, without_overlaps(spans), "recommend" if bare else best),
        reference=0 if context.shown and (_IT.search(text) or _one_seen(text, context)) else None,
        attribute=next((name for name, pattern in _ATTRIBUTES if re.search(pattern, text)), None) if asks else None,
        critique=tuple(move for move, _ in moves),
        confidence=0.8,
    )


def _one_seen(text: str, context: Context) -> bool:
    """Says whether a text is a bare "seen it": with 都 it is about several, after "have you seen …?" only an answer."""
    answer = bool(context.history) and "看过" in context.history[-1].text
    return _SEEN.search(text) is not None and "都" not in text and not answer


def _with_attitudes(text: str, spans: Sequence[Span], best: Intent) -> tuple[Span, ...]:
    """Returns the spans with attitudes; of "吸血鬼和僵尸" the second has that of the first."""
    told: list[Span] = []
    for span in spans:
        joined = told and _AND.fullmatch(text[told[-1].end : span.start])
        told.append(replace(span, attitude=told[-1].attitude) if joined else _with_attitude(text, span, best))
    return tuple(told)


def _with_attitude(text: str, span: Span, best: Intent) -> Span:
    before, after = text[: span.start], text[span.end :]
    found = next((attitude for attitude, pattern in _BEFORE if re.search(pattern, before)), None)
    if found is None and _REFUSED.search(after):
        found = "avoid"
    if found is None and span.kind == "item":
        found = next((attitude for attitude, pattern in _AFTER if re.search(pattern, after)), None)
    if found is None:
        found = "want" if best in ("recommend", "critique") else "like" if best == "inform" else "about"
    return Span(span.start, span.end, span.kind, found, span.confidence)
