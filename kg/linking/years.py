"""The year that people write behind a title."""

import re

_BRACKETED = re.compile(r"\s*[(\[]\s*((?:18|19|20)\d\d)\s*[)\]]?\s*$")
_BARE = re.compile(r"(?<=\S)[\s,]+((?:18|19|20)\d\d)\s*$")


def split_year(text: str) -> tuple[str, int | None]:
    """Returns the text without a year in brackets at its end, and that year (`"Crash (2004)"` → `"Crash", 2004`)."""
    match = _BRACKETED.search(text)
    return (text[: match.start()].strip(), int(match[1])) if match and match.start() else (text.strip(), None)


def split_bare_year(text: str) -> tuple[str, int | None]:
    """Returns the same for a year without brackets ("dune 2021"); it may belong to the title ("Blade Runner 2049")."""
    match = _BARE.search(text)
    return (text[: match.start()].strip(), int(match[1])) if match else (text.strip(), None)
