"""How many suggestions are wanted: "give me four", "one more", "two or three comedies", "top 5"."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re

_N = r"(?P<n>\d{1,3})"
_TO = r"(?:(?: ?(?:-|to|or|maybe) ?| or maybe )(?P<m>\d{1,3}))?"
_FILM = (
    r"(?:movies?|films?|flicks?|titles?|pictures?|picks?|suggestions?|recommendations?|recs?|recos?|ideas?|options?|choices?|ones|"
    r"comed(?:y|ies)|romcoms?|thrillers?|dramas?|westerns?|musicals?|documentar(?:y|ies)|docs|slashers?|romances?|mysteries|"
    r"cartoons?|animes?|noirs?|biopics?|whodunits?|whodunnits?|heists?|classics|blockbusters|tearjerkers|tear jerkers|"
    r"(?:action|horror|sci-?fi|fantasy|animation|(?:war|crime|family|kids|animated|spy|superhero|scary|funny|cult|indie|foreign) (?:movies?|films?|flicks?|ones))|"
    r"shows?|series|sequels?|gems|things)"
)
_ADJ = r"(?: (?!(?:of|and|or|in|is|was|were|are|with|about|for|than|that|hours?|hrs?|minutes?|mins?|years?|stars?|people|kids|friends|times|sentences?|words?|days?|weeks?|months?|loves?|hates?|likes?|wants?|says|thing|hits)\b)[\w'<>~-]+){0,4}?"
_ASK = (
    r"(?:give|gimme|recommend|suggest|show|list|name|find|send|throw|pick|tell|hit|hand|need|want|wanna|like|take|have|got|get|"
    r"know(?: of)?|see|choose|looking for|after|for|any|maybe|just|only|another|how about|what about|than|top|best|the best|with|"
    r"hear|watch|say|order|line up|make (?:it|that)|bring|provide|offer|share|please|ok|okay|yes|yeah|yep|sure|and|or|actually)"
)
_US = r"(?: me| us| him| her| them| up| my)?"
_NOT_SUGGESTED = re.compile(
    r"\b(?:the|the other|those|these|all|both|my|his|her|their|your|seen|saw|watched|liked|loved|of these|first|last|next|part|episode|season|chapter|volume|number|no\.?|option|rated?|aged?|than) "
    r"(?:(?:just|only|about|the) )?$"
)
_PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_N}{_TO}(?: or so)?(?: of them| good| great)? (?:more|others?|additional|extra|new ones|different ones)\b(?! (?:than|hours?|minutes?|min|people|thing|question|time|day)\b)",
        rf"\b(?:another|other) (?!1\b){_N}{_TO}\b(?! ?(?:hours?|minutes?|min|years?|people|days|weeks|times|of)\b)",
        rf"(?<!every )(?<!the )\btop {_N}{_TO}\b(?! (?:of all|on imdb|grossing))",
        rf"\b(?:just|only) {_N}{_TO}(?: of (?:them|your \w+))?(?: ?(?:$|[.,;!?]|please|pls|for|this time|then|today|tonight|that|with|movie|film))",
        rf"\b(?:just|only) {_N}{_TO}{_ADJ} {_FILM}\b",
        rf"(?:^|[.!?,;:\n] ?|\b{_ASK}{_US}(?: with| (?:about|like|maybe|just|only|the|your|exactly|at least|at most|up to|some|a list of|like the))? ){_N}{_TO}(?: or so)?{_ADJ} {_FILM}\b",
        r"\b(?:give|gimme|show|recommend|suggest|list|name|send|find|pick|throw|hit)(?: (?:me|us|him|her|them))?(?: with)?(?: (?:just|only|about|exactly|like|maybe|the))? ?(?P<n>[2-9]|1\d|20)(?:(?: ?(?:-|to|or) ?)(?P<m>\d{1,2}))?(?: ?(?:$|[.,;!?]|please|pls|plz|that|with|like|from|for|about|which|good|great|new|other|different|similar|of (?:them|those|these|your|the best)|in a row|if|to (?:watch|choose)))",
        r"\b(?:make (?:it|that)|let'?s (?:say|do|make it)) (?P<n>\d{1,2})(?P<m>x)?(?: ?(?:$|[.,;!?]|please|pls|then|instead))",
        rf"\b{_N}{_TO} (?:suggestions?|recommendations?|recs?|recos?|picks|ideas|options)\b",
        rf"\b(?:narrow|cut|bring|boil|whittle) (?:it|them|those|that|the list)? ?(?:down )?to {_N}{_TO}\b(?! ?(?:hours?|min))",
        r"(?:^|[,.;] ?)(?P<n>1)(?P<m>x)? (?!of\b|more\b|day\b|thing\b|with\b|that\b|which\b)\w+er 1\b",
        rf"^{_N}{_TO} of (?:the (?:best|greatest|most)|your (?:best|favou?rite))\b",
        rf"\bhow many\b.*\b{_N}{_TO}$",
    )
)
_MANY = re.compile(r"\bhow many\b|\bhow much suggestions\b|\bnumber of\b")
_COUPLES = re.compile(
    r"\b(?:(?:a|another|1) )?(?:couple(?: of)?|pair of)\b(?! (?:hours?|hrs?|times|minutes?|days|weeks|months|years|friends|kids|people|things about|goes|who|is|in love)\b)(?! of (?:hours?|hrs?|minutes|days|weeks|months|years|friends|kids|people|times|beers|them|my))"
)


def read(text: str, question: str = "") -> int | None:
    """Returns how many suggestions `text` asks for, or None. `text` is lowered, masked and in digits.

    "A", "another", "some" and "recommend one" (a pronoun) are no counts; of "two or three" the larger is wanted.
    """
    text = re.sub(r"\b(?:a|1) (?=more\b|other\b)", "1 ", text) if re.search(r"\b1 more\b", text) else text
    text = _COUPLES.sub(lambda m: "2" if not m[0].startswith("another") else "another 2", text)
    text = re.sub(
        r"\b(\d{1,2}),? (?:no|nah|nope|sorry|wait|or rather|i mean|actually|make that)+,? (?=\d)",
        " ",
        re.sub(r"\.\.+", " ", text),
    )
    said: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if _NOT_SUGGESTED.search(text[: match.start("n")]) and not re.search(
                r"\bthe best $|\btop $", text[: match.start("n")]
            ):
                continue
            many = max(int(match["n"]), int(match["m"] or 0) if (match["m"] or "").isdigit() else 0)
            if 0 < many <= 100:
                said.append((match.start("n"), many))
    if said:
        return min(said)[1]
    bare = re.fullmatch(
        r"\W*(?:i'?d say |maybe |about |like |just |only |top |say |give me )*(\d{1,2})(?: ?(?:-|to|or) ?(\d{1,2}))?(?: ?(?:is (?:fine|enough|plenty|good)|please|pls|will do|would do|or so))*\W*",
        text,
    )
    if bare and _MANY.search(question):
        return max(int(bare[1]), int(bare[2] or 0)) or None
    return None
