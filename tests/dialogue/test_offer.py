"""What is offered to somebody who is typing."""

from __future__ import annotations

import pytest

from bot.corpus.models import Tier
from bot.dialogue import words
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.offer import MOST_OFFERED, Offer, offer_for


@pytest.fixture
def level() -> Tier:
    return Tier.FUNDAMENTALS


def test_what_is_offered_stands_at_the_level_that_was_asked_for(know: Knowledge) -> None:
    offers = [offer_for("what calcium does", level, know) for level in (Tier.FUNDAMENTALS, Tier.ACADEMIC)]
    parts = [offer.sections[0].excerpts[0].passage.part for offer in offers]
    assert parts == ["fundamentals", "academic"]


def test_no_more_is_offered_than_telegram_takes(know: Knowledge, level: Tier) -> None:
    assert len(offer_for("w", level, know).sections) == MOST_OFFERED


@pytest.mark.parametrize("typed", ["crushing chest pain", "my left leg is swollen and hot", "i want to kill myself"])
def test_an_emergency_is_sent_to_help_before_the_sentence_ends(know: Knowledge, level: Tier, typed: str) -> None:
    offer = offer_for(typed, level, know)
    assert offer.help
    assert offer.help.lead in (words.URGENT, words.SELF_HARM)
    assert offer.sections == ()


@pytest.mark.parametrize("typed", ["how much vitamin d", "dose of k2", "zinc for bones", "side effects of raloxifene"])
def test_for_what_must_not_be_answered_nothing_is_offered(know: Knowledge, level: Tier, typed: str) -> None:
    assert offer_for(typed, level, know) == Offer()
