import pytest

from bot.bootstrap import Core
from bot.corpus.models import Tier
from bot.reminders.themes import ReminderMessage, compose_reminder
from bot.shells.library import data_folder
from bot.shells.tgbot.reminder_page import LATE, render_reminder
from tests.shells.tgbot.markup import read_html

LONGEST = 1200
"""Characters: about a screen and a half of a phone."""


def message(core: Core, passage_id: str, level: Tier) -> ReminderMessage:
    theme, passage = next(
        (theme, passage) for theme in core.library.themes for passage in theme.passages if passage.id == passage_id
    )
    return compose_reminder(theme, passage, level, core.library.article)


def test_the_title_is_bold_and_the_article_s_words_stand_in_a_quote_with_their_place(core: Core) -> None:
    assert render_reminder(message(core, "calcium/1", Tier.FUNDAMENTALS)) == (
        "<b>Calcium</b>\n\n"
        "Your nutrition reminder. The article says:\n\n"
        "<blockquote>Providing your body with the correct nutrients is fundamental. Calcium is the most recognized "
        "mineral for bone health, forming the primary crystalline structure that gives bone its hardness."
        "</blockquote>\n"
        "<i>Fundamentals › How Does Your Skeleton Rebuild Itself Daily? › paragraph 3</i>"
    )


def test_words_of_another_tier_are_told_to_be_so(core: Core) -> None:
    page = render_reminder(message(core, "weight-bearing/1", Tier.FUNDAMENTALS))
    assert page.endswith("\n\n<i>These words are from the Intermediate part of the article.</i>")


def test_a_late_reminder_says_that_it_is_late(core: Core) -> None:
    reminder = message(core, "calcium/1", Tier.FUNDAMENTALS)
    assert render_reminder(reminder, late=True) == f"{render_reminder(reminder)}\n\n<i>{LATE}</i>"


@pytest.mark.parametrize("level", Tier)
def test_the_caution_stands_before_high_impact_exercise(core: Core, level: Tier) -> None:
    text, _ = read_html(render_reminder(message(core, "high-impact/1", level)))
    caution = "Should be approached with caution based on individual fracture risk."
    assert "First, please read the article's caution:" in text
    assert text.index("article's caution:") < text.index(caution) < text.index("Jumping")


@pytest.mark.parametrize("level", Tier)
def test_every_reminder_is_verbatim_and_fits_a_phone(core: Core, level: Tier) -> None:
    content = data_folder("content")
    files = [*(content / "article").glob("*.md"), content / "glossary.yaml"]
    source = "".join(file.read_text(encoding="utf-8") for file in files).replace("**", "")
    for theme in core.library.themes:
        for passage in theme.passages:
            reminder = message(core, passage.id, level)
            text, _ = read_html(render_reminder(reminder, late=True))
            assert len(text) <= LONGEST, passage.id
            for excerpt in (*reminder.caution, *reminder.excerpts):
                assert all(sentence in source and sentence in text for sentence in excerpt.sentences), passage.id
