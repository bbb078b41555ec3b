"""The web chat, clicked through in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

FIRST_TURN = 240_000  # milliseconds: the first index may have to be built
PANEL = 30_000  # milliseconds: a busy machine draws the panel late


@pytest.fixture
def page(browser: Browser, web: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(web)
    yield opened
    context.close()


def say(page: Page, words: str, nth: int) -> str:
    """Types an utterance, waits until the nth answer stands, and returns its text."""
    box = page.locator("#tm-box textarea, #tm-box input").first
    expect(box).to_be_enabled(timeout=FIRST_TURN)
    box.fill(words)
    box.press("Enter")
    answer = page.locator("#tm-chat .bot.message, #tm-chat .message.bot").nth(nth)
    expect(answer).to_be_visible(timeout=FIRST_TURN)
    expect(page.locator("#tm-send")).to_be_enabled(timeout=FIRST_TURN)
    expect(answer).not_to_have_text("…", timeout=FIRST_TURN)
    page.wait_for_timeout(1500)
    return answer.inner_text()


def test_a_talk_of_five_turns(page: Page) -> None:
    say(page, "I loved Inception, something newer without Tom Cruise?", 0)
    cards = page.locator("#tm-chat .tm-card")
    expect(cards.first).to_be_visible(timeout=FIRST_TURN)
    assert cards.count() == 5
    for number in range(5):
        assert cards.nth(number).locator(".tm-title").inner_text().strip()
        assert cards.nth(number).locator(".tm-reason").inner_text().strip()
    expect(page.locator("#tm-panel")).to_contain_text("Tom Cruise", timeout=PANEL)
    assert "directed by" in say(page, "the second one, who directed it?", 1)
    say(page, "under two hours", 2)
    assert cards.count() == 10
    assert "Tom Cruise" in say(page, "what do you know about me?", 3)
    say(page, "thanks, bye!", 4)
    page.screenshot(path="test-results/web.png", full_page=True)


def test_the_panel_undoes_and_forgets(page: Page) -> None:
    say(page, "I love horror movies", 0)
    panel = page.locator("#tm-panel")
    expect(panel).to_contain_text("Horror", timeout=PANEL)
    page.locator("#tm-undo").click()
    expect(panel).not_to_contain_text("Horror", timeout=PANEL)


def test_markup_in_an_utterance_stays_text(page: Page) -> None:
    say(page, "I love <img src=x onerror=document.title='hacked'> movies", 0)
    assert page.title() == "Tastemaker"


def test_a_reload_keeps_the_taste(page: Page) -> None:
    say(page, "I hate musicals", 0)
    expect(page.locator("#tm-panel")).to_contain_text("Musical", timeout=PANEL)
    page.reload()
    expect(page.locator("#tm-panel")).to_contain_text("Musical", timeout=PANEL)
