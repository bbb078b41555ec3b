"""Moods pass: what somebody was in the mood for fades between talks, by the days since it was said. Pure."""

from dataclasses import replace

from bot.taste import Preference

HALF_LIFE = 2.0  # days: a guess; people come back to a film mood within the week or not at all
LEAST = 0.1  # below this strength a mood is over: it takes between four and five days
_BEGINS = 0.5  # a new talk may well be about something else


def faded(preference: Preference, days: float) -> Preference | None:
    """Returns a mood of an earlier talk as the leaning that is left of it after so many days, or None for nothing.

    Moods are those of the film notes ("cosy", "tense"). What was said for tonight alone, or of anything else for that
    talk only, ends with it.
    """
    mood = preference.attitude == "want" and (preference.entity or "").startswith("mood:")
    strength = _BEGINS * preference.strength * 0.5 ** (max(days, 0.0) / HALF_LIFE)
    if not mood or strength < LEAST:
        return None
    return replace(preference, strength=round(strength, 2), hard=False, either=0)
