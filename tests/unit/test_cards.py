"""The taste panel: whose each preference is."""

from bot.channels.cards import taste_panel
from bot.folding import fold
from bot.taste import Preference, Preferred

OWN = Preference("thrillers", "genre", "like", "genre:Thriller", "I love thrillers", 1)
HERS = Preference("horror", "genre", "dislike", "genre:Horror", "my wife hates horror", 1, hard=True, holder="my wife")
ANNS = Preference("heat", "item", "seen", "heat", "Ann has seen <Heat>", 2, holder="Ann")


def test_the_panel_says_whose_each_preference_is() -> None:
    panel = taste_panel(fold([Preferred(p.turn, p) for p in (OWN, HERS, ANNS)]), {"heat": "Heat (1995)"})
    assert "<b>likes</b> Thriller" in panel
    assert "<b>your wife dislikes</b> Horror" in panel
    assert "<b>Ann has seen</b> Heat (1995)" in panel
    assert "<Heat>" not in panel
