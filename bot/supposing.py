"""What if: "what would you suggest if I dropped the 90s?" as the plain statement that it supposes. Pure."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re

_LEAD = r"^\W*(?:(?:and|so|ok|okay|hmm+|well|just|now|but|out of curiosity),?\s+)*"
_ASKED = (
    r"(?:what|which (?:ones?|films?|movies?)|how) (?:would|will|could|might|should|changes?|happens?|else|do|does)\b"
)
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"{_LEAD}what if (?P<it>.+)$",
        rf"{_LEAD}{_ASKED}.*?\bif (?P<past>.+)$",
        rf"{_LEAD}(?:suppose|supposing|imagine|assume|assuming|pretend|hypothetically|let'?s (?:say|suppose|assume|pretend)|say)(?: that)?,? (?P<it>(?:i|we|it|you|my)\b.+)$",
        rf"{_LEAD}if (?P<past>(?:i|we|it|you)\b[^,?]+),? (?:what|which|would|how)\b.*$",
        r"^\W*(?:如果|假如|假设|要是)(?:说)?(?P<it>.+?)(?:呢|的话|会怎(?:么)?样|会推荐.*|你会.*)[？?。\s]*$",
    )
)
# Only the past tense is a supposition there: "what would you suggest if I like westerns" is a request.
_PAST = re.compile(
    r"\b(drop|remove|lift|allow|forget|exclude|dropped|removed|lifted|forgot|allowed|had|didn'?t|did not|hated|liked|loved|wanted|said|were|weren'?t|was|wasn'?t|took|asked|excluded|banned|avoided|watched|saw|gave|cared|preferred|only|without)\b",
    re.IGNORECASE,
)
_PRESENT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (r"^(?:i|we|you) (?:dropped|removed|lifted|took out|took away|got rid of|forgot|gave up|deleted)\b", "drop"),
        (r"^(?:i|we|you) (?:drop|remove|lift|take out|forget|delete)\b", "drop"),
        (r"^(?:i|we|you) (?:allowed|permitted|let in)\b", "allow"),
        (r"^(?:i|we|you) (?:excluded|banned|avoided|ruled out|left out|skipped)\b", "nothing with"),
        (r"^(?:i|we|you) (?:said|asked for|asked) (?:that )?", ""),
        (r"^(?!(?:i|we|you|they)\b)((?:my |our |his |her )?\w*[^\Ws]) (?:didn'?t|did not)\b", r"\1 doesn't"),
        (r"\b(?:didn'?t|did not)\b", "don't"),
        (r"\bwanted\b", "want"),
        (r"\bpreferred\b", "prefer"),
        (r"\bcared\b", "care"),
        (r"\bhad to be\b", "has to be"),
        (r"\bonly had\b", "only have"),
        (r"\bwere\b", "are"),
        (r"^it was\b", "make it"),
    )
)
_AGREED = re.compile(
    r"^\W*(?:(?:yes|yeah|yep|ok|okay|sure|fine|right|alright|good),?\s*)*(?:(?:please )?(?:do (?:it|that|so)|go ahead|make it so|let'?s do (?:it|that)|please do|apply (?:it|that)|yes|yeah|yep|sure|ok|okay|please))\W*(?:please)?\W*$|^\W*(?:好的?|可以|就这样|行)\W*$",
    re.IGNORECASE,
)


def supposed(utterance: str) -> str | None:
    """Returns what is supposed, as it would be said ("drop the 90s", "I don't mind horror"); None for no supposition."""
    for form in _FORMS:
        match = form.match(utterance.strip())
        if match is None:
            continue
        said = match.groupdict()
        clause = said.get("it") or said.get("past") or ""
        if said.get("past") and not _PAST.search(clause):
            return None
        return _stated(clause)
    return None


def agrees(utterance: str) -> bool:
    """Returns whether the words agree to what was just supposed: "yes, do it"."""
    return bool(_AGREED.match(utterance))


def _stated(clause: str) -> str:
    plain = clause.strip().rstrip("?？.!。 ").replace("’", "'")
    for pattern, present in _PRESENT:
        plain = pattern.sub(present, plain, count=1)
    return plain.strip()
