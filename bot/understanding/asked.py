"""What a question asks for, in words that have one meaning: "who directed", "how long", "is it any good"."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re

from bot.understanding.types import Attribute

_PATTERNS_TABLE: tuple[tuple[Attribute, str], ...] = (
    ("director", r"\b(?:what|which films?|what films?|what else) (?:did|has|have) .{2,40}? (?:make|made|do|done)\b|\b(?:did|has) .{2,40}? (?:make|made) any|\bdirect(?:ed|or|ors|s|ing)?\b|\bwho (?:made|filmed|helmed) (?:it|that|this)|\bfilmmaker"),
    ("writer", r"\bwho wrote\b|\bwritten by|\bwriters?\b|\bscreenwriter|\bscreenplay|\bscript(?:ed)? by"),
    ("cast", r"\bwho(?:'s| is| was|s| else is)? (?:all )?(?:in|starring|playing) (?:it|that|this|the)\b|\bwho (?:\w+ )?(?:stars?|plays?|played|acts?|acted|starred)\b|\bcast\b|\bactors?\b|\bactress(?:es)?\b|\bstarring\b|\blead role|\bmain star|^\W*(?:the )?stars?\W*$"),
    ("runtime", r"\bhow long (?:is|was|are|does)\b|\bhow long\?|\brunning time|\brun ?time\b|\bhow many (?:minutes|hours)\b|\b(?:over|under|longer than|shorter than|less than|more than) (?:two|three|an|2|3|1|90|\d+) ?(?:hours?|h\b|min)|\bwhich (?:one |of \w+ )?is (?:the )?(?:short|long)er?(?:est)?\b|\bhow long (?:it|the|that)\b|\bwhat'?s the (?:short|long)est|\bis (?:it|that)(?: one)? (?:longer|shorter)"),
    ("year", r"\bwhat year|\bwhich year|\bwhen (?:was|did|is|does|were) .{0,40}(?:come|came|made|released|out|from)\b|\bhow old is (?:it|that|this|the)\b|\bwhen'?s? it (?:from|out)|\brelease date|\bis (?:it|that|this) (?:a |an )?(?:new|old|older|newer|recent)(?: one| movie| film)?\b|\bwhich (?:one |of \w+ )?(?:is|came) (?:the )?(?:new|old|out first)(?:er|est)?|\bout yet\b|\bolder (?:movie|film),? right"),
    ("awards", r"\boscars?\b|\bawards?\b|\bnominat|\bbest picture\b|\bwin (?:anything|at)\b|\bprizes?\b|\bgolden globe|\bacademy award"),
    ("rating", r"\brated\b(?! r\b)|\bratings?\b|\bany good\b|\bworth (?:it|watching|seeing|my time|a watch|the)|\breviews?\b|\bimdb\b|\brotten tomatoes\b|\bdo (?:people|critics) like\b|\bis (?:it|that|this) (?:really )?good\b|\bhow good\b|\bbetter than\b|\bwh(?:ich|at)(?:'?s| is)? (?:\w+ ){0,3}(?:better|best)\b|\bhow (?:is|was) (?:it|that)(?: one)?\b|\bout of 10\b|\bcritics\b"),
    ("language", r"\b(?:what|which) language|\bsubtitle|\bdub(?:bed)?\b|\bsubs\b|\bin english\b|\bis (?:it|that) (?:all )?in \w+(?:ish|ese|ian|ench|man|an)\b"),
    ("country", r"\b(?:what|which) country|\bwhere (?:is|was|'s) (?:it|that|this) (?:from|made|shot|filmed)|\bwhere'?s it from"),
    ("genre", r"\b(?:count|qualify|pass)(?:s|es)? as (?:an? )?\w+|\bis .{2,50} (?:ok|okay|suitable|appropriate|safe|too (?:scary|violent)) for (?:a |my |the |our )?(?:\w+ )?(?:kids?|children|family|\w+ year)|\bwhat (?:genre|kind of (?:movie|film)|type of (?:movie|film)|sort of (?:movie|film))\b|\bwhich genre|\bis (?:it|that|this)(?: one)? an? (?!(?:new|old|older|newer|recent|good|great|real|true|long|short|different)\b)\w+ (?:film|movie|flick)\b|\bis (?:it|that|this)(?: one| movie| film)? (?:a |an |really |very |actually |too |that )*(?:scary|funny|sad|violent|gory|romantic|horror|comedy|thriller|drama|animated|kid|kids|family|child|suitable|appropriate|ok for|okay for|musical|documentary)\b"),
    ("plot", r"\bwhat(?:'s| is| was|s) (?:\S+ ){1,7}?about\b|\bplot\b|\bstory ?line|\bthe story\b|\btell me (?:a bit |a little |some )?more\b|\bmore (?:info|information|details|about)\b|\bbased on\b|\bwhat happens\b|\bhow does it end|\bhow (?:does|did) .{2,50} ends?\b|\bpremise\b|\bsynopsis\b|\btell me about\b"),
)  # fmt: skip
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS_TABLE)


def asked(text: str) -> Attribute | None:
    """Returns what `text` (lowered) asks about first, or None where its words are not plain."""
    found = [(match.start(), name) for name, pattern in _PATTERNS if (match := pattern.search(text))]
    return min(found)[1] if found else None
