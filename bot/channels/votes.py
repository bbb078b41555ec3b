"""👍 👎 seen, not this one: the row of buttons of a card, and what a click on one of them says. Pure."""

from bot.feedback import MARKS, Verdict

_TITLES: dict[Verdict, str] = {
    "up": "More like this",
    "down": "Not to my taste",
    "seen": "Seen it",
    "dismissed": "Not this one",
}


def vote_buttons(item_id: str) -> str:
    """Returns the buttons of an item's card as HTML; any id is safe in it."""
    code = item_id.encode().hex()
    inner = "".join(
        f'<span class="tm-vote tm-verdict-{verdict} tm-item-{code}" title="{title}">{MARKS[verdict]}</span>'
        for verdict, title in _TITLES.items()
    )
    return f'<div class="tm-votes">{inner}</div>'


def read_vote(cast: str) -> tuple[str, str] | None:
    """Returns (verdict, item id) of what the script wrote ("up 6634 12": verdict, id in hex, a count), or None."""
    parts = cast.split()
    if len(parts) != 3:
        return None
    try:
        return parts[0], bytes.fromhex(parts[1]).decode()
    except ValueError:
        return None
