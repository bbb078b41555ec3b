"""A recommendation and a taste as HTML, every text of the catalogue and of the user escaped. Pure."""

from collections.abc import Sequence
from html import escape
from typing import Any

from bot.channels.item_lines import facts_line, people_line
from bot.channels.votes import vote_buttons
from bot.people.reasons import called
from bot.phrases import phrases
from bot.replies import Recommendation
from bot.taste import Preference, Taste

_ATTITUDES = {
    "like": "likes",
    "dislike": "dislikes",
    "seen": "has seen",
    "want": "wants",
    "avoid": "avoids",
}
_PREMISE = 400  # characters
_MOST_ROWS = 30  # an imported history has thousands
_LIMITS = {
    "year_min": "from {}",
    "year_max": "up to {}",
    "runtime_min": "at least {} min",
    "runtime_max": "at most {} min",
}


def cards(recommendations: Sequence[Recommendation]) -> str:
    """Returns one HTML block of cards: title, year, makers, people, genres, the reason, the premise."""
    inner = "".join(_card(rank, recommendation) for rank, recommendation in enumerate(recommendations, 1))
    return f'<div class="tm-cards">{inner}</div>' if inner else ""


def _card(rank: int, recommendation: Recommendation) -> str:
    item = recommendation.item
    meta = " · ".join(filter(None, [str(item.year or ""), facts_line(item)]))
    return (
        '<div class="tm-card">'
        f'<div class="tm-rank">{rank}</div><div class="tm-body">'
        f'<div class="tm-title">{escape(item.title)}</div>'
        f'<div class="tm-meta">{escape(meta)}</div>'
        f'<div class="tm-people">{escape(people_line(item))}</div>'
        f'<div class="tm-reason">{escape(recommendation.explanation.text)}</div>'
        + (f'<div class="tm-plot">{escape(item.synopsis[:_PREMISE])}</div>' if item.synopsis else "")
        + vote_buttons(item.id)
        + "</div></div>"
    )


def taste_panel(taste: Taste, name: dict[str, str]) -> str:
    """Returns the taste as HTML: each preference with the words it came from, then the limits.

    `name` maps item ids to labels; other entities carry their name in their id.
    """
    latest = taste.preferences[::-1][:_MOST_ROWS]
    rows = "".join(_row(preference, name) for preference in latest)
    if len(taste) > len(latest):
        rows += f'<div class="tm-limits">and {len(taste) - len(latest):,} more</div>'
    said = [
        f"ideally {text}".format(value) if field in taste.leaned else text.format(value)
        for field, text in _LIMITS.items()
        if (value := getattr(taste.limits, field))
    ]
    said += [_amount(limit) for limit in taste.limits.amounts]
    limits = f'<div class="tm-limits">limits: {escape(", ".join(said))}</div>' if said else ""
    return (
        f'<div class="tm-taste">{rows}{limits}</div>' if rows or limits else '<div class="tm-taste">Nothing yet.</div>'
    )


def _amount(limit: Any) -> str:
    """Returns "pages up to 400", "price from 10 to 20"."""
    least = f"from {limit.least:.6g}" if limit.least is not None else ""
    most = f"up to {limit.most:.6g}" if limit.most is not None else ""
    return " ".join(filter(None, [limit.name, least, most]))


def _row(preference: Preference, name: dict[str, str]) -> str:
    strictness = "always kept" if preference.hard else "a leaning"
    scope = "this talk" if preference.scope == "talk" else "remembered"
    strength = f" · {preference.strength:.0%}" if preference.strength < 1 else ""
    feels = f"{whose(preference)} {_ATTITUDES.get(preference.attitude, preference.attitude)}".strip()
    return (
        f'<div class="tm-pref tm-{preference.attitude}">'
        f"<b>{escape(feels)}</b> {escape(label(preference, name))}"
        f'<span class="tm-weight">{strictness} · {scope}{strength}</span>'
        f'<span class="tm-said">“{escape(preference.utterance[:80])}”</span></div>'
    )


def whose(preference: Preference) -> str:
    """Returns whose a preference is: "your wife", "Ann"; "" for the user's own."""
    return called(preference.holder, phrases("en")) if preference.holder else ""


def label(preference: Preference, name: dict[str, str]) -> str:
    """Returns what a preference is about, in words."""
    if preference.entity is None:
        return preference.text
    return name.get(preference.entity, preference.entity.split(":", 1)[-1])
