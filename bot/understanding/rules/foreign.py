"""Numbers in other languages, put into English words for the grammar: "90年代", "de los 80", "menos de dos horas"."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re

_HAN = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {"两": "2", "〇": "0"}
_EAST: tuple[tuple[str, str], ...] = (
    (r"([一二三四五六七八九])([一二三四五六七八九])十年代", r" \g<1>0s and \g<2>0s "),
    (r"([一二三四五六七八九])十年代", r" \g<1>0s "),
    (r"((?:19|20)?\d0) ?年代", r" \1s "),
    (r"((?:19|20)\d\d) ?年?(?:到|至|-|から) ?((?:19|20)\d\d) ?年?(?:之间)?", r" between \1 and \2 "),
    (r"((?:19|20)\d\d) ?年?(?:以后|之后|より後|以降の?)", r" after \1 "),
    (r"((?:19|20)\d\d) ?年?(?:以来|起|から)", r" since \1 "),
    (r"((?:19|20)\d\d) ?年?(?:以前|之前|より前)", r" before \1 "),
    (r"((?:19|20)\d\d) ?年", r" from \1 "),
    (r"(?:不要?超过|最多|别超过) ?(一个半|[一二两三四五六七八九十百\d]+) ?(个?小时半?|分钟)", r" at most \1\2 "),
    (r"(?:超过|至少) ?([一二两三四五六七八九十百\d]+) ?(个?小时|分钟)", r" at least \1\2 "),
    (r"([一二两三四五六七八九十百\d]+) ?(个?小时半?|个?半小时|分钟|分|時間)(?:以内|之内|以下|内)", r" at most \1\2 "),
    (r"([一二两三四五六七八九十百\d]+) ?(個?小时|分钟|分|時間)(?:以上)", r" at least \1\2 "),
    (r"([一二两三四五六七八九])十([一二三四五六七八九])?(?=分)", r"\g<1>0"),
    (r"(?<=\d)个?小时半|个半小时", " and a half hours "),
    (r"个?小时|時間", " hours "),
    (r"分钟|分(?=[^享別别]|$)", " minutes "),
    (r"(?:再)?(?:来|推荐|介绍|给我推荐|要)(?:我)? ?([一二两三四五六七八九十\d]+) ?(?:部|个|本)", r" give me \1 films "),
    (
        r"([一二两三四五六七八九十\d]+) ?(?:部|本)(?=就够|就好|就行|吧|お願い|ください|だけ|教えて)",
        r" give me \1 films ",
    ),
    (r"第([一二三四五六七八九\d]) ?(?:部|个|本|つ)?", r" number \1 "),
    (r"最后(?:一|那)?(?:部|个)", " the last one "),
)
_WEST: tuple[tuple[str, str], ...] = (
    (r"\b(?:de los|los|anni|degli anni|années|annees|años|anos|dos anos|das|jaren) (?:años |anos )?'?((?:19|20)?\d0)\b", r" from the \1s "),
    (r"\b((?:19|20)?\d0)(?:er|ern)(?:n)?(?:[- ]jahren?)?\b", r" \1s "),
    (r"\b(?:de los|los|años) (veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)\b", r" \1s "),
    (r"\bveintes\b", "1920s"), (r"\btreintas\b", "1930s"), (r"\bcuarentas\b", "1940s"), (r"\bcincuentas\b", "1950s"),
    (r"\bsesentas\b", "1960s"), (r"\bsetentas\b", "1970s"), (r"\bochentas\b", "1980s"), (r"\bnoventas\b", "1990s"),
    (r"\b(?:después de|despues de|nach|après|apres|dopo(?: il)?|depois de|na) (?:el )?((?:19|20)\d\d)\b", r" after \1 "),
    (r"\b(?:antes de|avant|vor|prima del|antes|voor) (?:el )?((?:19|20)\d\d)\b", r" before \1 "),
    (r"\b(?:desde|ab|seit|depuis|dal|desde|vanaf|à partir de|a partir de) (?:el )?((?:19|20)\d\d)\b", r" since \1 "),
    (r"\b(?:menos de|moins de|meno di|unter|weniger als|höchstens|maximal|máximo|maximo|massimo|até|ate|hasta|no más de|pas plus de|bis zu|minder dan|onder) ", " at most "),
    (r"\b(?:más de|mas de|plus de|più di|piu di|über|mehr als|mais de|mindestens|al menos|au moins|almeno|pelo menos) (?=[\d]|una?\b|dos\b|deux\b|due\b|duas\b|zwei\b|hora)", " at least "),
    (r"\b(?:una |uma |une |un')?(?:hora|heure|ora) (?:y media|e meia|et demie|e mezza|e mezzo)\b|\b(?:eineinhalb|anderthalb) stunden\b", " 90 minutes "),
    (r"\b(?:dos|deux|due|duas|zwei|twee) (?=(?:horas|heures|ore|stunden|uur)\b)", "2 "),
    (r"\b(?:una|uma|une|un'|eine|een) (?=(?:hora|heure|ora|stunde|uur)\b)", "1 "),
    (r"\b(?:horas?|heures?|ore|stunden?|uur)\b", "hours"),
    (r"\b(?:minutos|minuten|minuti)\b", "minutes"),
    (r"\b(?:dame|recomiéndame|recomiendame|gib mir|zeig mir|empfiehl mir|donne-moi|donne moi|dammi|consigliami|me manda|manda|me dá|geef me) (?:dos|deux|due|dois|duas|zwei|twee) ", " give me 2 films "),
    (r"\b(?:dame|recomiéndame|recomiendame|gib mir|zeig mir|empfiehl mir|donne-moi|donne moi|dammi|consigliami|me manda|manda|me dá|geef me) (?:tres|trois|tre|três|drei|drie) ", " give me 3 films "),
    (r"\b(?:el|la|le|der|die|das|il|o|a) (?:primer[oa]?|premi[eè]re?|erste|primo|prima|primeir[oa])\b", " the first one "),
    (r"\b(?:el|la|le|der|die|das|il|o|a) (?:segund[oa]|deuxi[eè]me|zweite|secondo|seconda)\b", " the second one "),
    (r"\b(?:el|la|le|der|die|das|il|o|a) (?:últim[oa]|ultim[oa]|dernier|derni[eè]re|letzte)\b", " the last one "),
)  # fmt: skip
_TENS = {
    "veinte": 20,
    "treinta": 30,
    "cuarenta": 40,
    "cincuenta": 50,
    "sesenta": 60,
    "setenta": 70,
    "ochenta": 80,
    "noventa": 90,
}


def english(text: str) -> str:
    """Returns lowered `text` with the number wordings of Chinese, Japanese and some European languages in English."""
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", text):
        for pattern, wording in _EAST:
            text = re.sub(pattern, wording, text)
        text = re.sub(r"[零〇一二两三四五六七八九](?=0s| |$|[个個])", lambda m: _HAN[m[0]], text)
        return re.sub(r"十(?= )", "10", text)
    for pattern, wording in _WEST:
        text = re.sub(pattern, wording, text)
    text = re.sub(rf"\b({'|'.join(_TENS)})s\b", lambda m: f"{_TENS[m[1]]}s", text)
    return re.sub(r" {2,}", " ", text)
