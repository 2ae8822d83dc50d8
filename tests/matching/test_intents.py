import pytest

from bot.corpus.models import Pointer, Tier
from bot.matching.intents import Intent
from tests.matching.toys import CATALOGUE

F, I, A = Tier  # noqa: E741 - the initials of the three tiers, simplest first
POINTER = (Pointer("calcium", 1, 1),)


def intent_in(*tiers: Tier) -> Intent:
    return Intent("calcium", "role", "Calcium", dict.fromkeys(tiers, POINTER), ())


def test_an_intent_is_named_by_its_topic_and_aspect() -> None:
    assert intent_in(F).id == "calcium/role"


@pytest.mark.parametrize(
    ("tiers", "level", "shown"),
    [
        ((F, I, A), I, I),
        ((F, A), F, F),
        ((I, A), F, I),
        ((F, A), I, F),
        ((A,), F, A),
        ((F,), A, F),
        ((F, I), A, I),
    ],
)
def test_a_level_without_an_answer_gets_the_nearest_tier_and_of_two_the_simpler(
    tiers: tuple[Tier, ...], level: Tier, shown: Tier
) -> None:
    assert intent_in(*tiers).nearest_tier(level) == shown


def test_a_catalogue_finds_the_intents_of_all_topics_by_their_names() -> None:
    assert list(CATALOGUE.intents) == ["calcium/role", "calcium/foods", "estrogen/role"]
