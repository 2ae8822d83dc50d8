import pytest

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.levels import LevelWish, LevelWords
from bot.errors import ContentError

F, I, A = Tier  # noqa: E741 - the initials of the three tiers, simplest first
WORDS = LevelWords(
    {
        "fundamentals": ["in <ease> words"],
        "academic": ["expert version", "version"],
        "simpler": ["simpler (please)"],
        "deeper": ["more scientific"],
    },
    {"ease": ["simple", "plain"]},
)


@pytest.mark.parametrize(
    ("text", "wish", "rest"),
    [
        ("in plain words what is bone", LevelWish(F), "what is bone"),
        ("what is bone simpler please", LevelWish(steps=-1), "what is bone"),
        ("more scientific", LevelWish(steps=1), ""),
        ("what is bone", None, "what is bone"),
        ("", None, ""),
    ],
)
def test_level_words_are_taken_out(text: str, wish: LevelWish | None, rest: str) -> None:
    assert WORDS.read(text) == (wish, rest)


def test_the_longest_turn_of_phrase_counts() -> None:
    assert WORDS.read("the expert version") == (LevelWish(A), "the")


@pytest.mark.parametrize(
    ("wish", "level", "applied"),
    [
        (LevelWish(A), F, A),
        (LevelWish(steps=1), F, I),
        (LevelWish(steps=1), A, A),
        (LevelWish(steps=-1), A, I),
        (LevelWish(steps=-1), F, F),
    ],
)
def test_a_wish_is_for_a_level_or_for_a_step(wish: LevelWish, level: Tier, applied: Tier) -> None:
    assert wish.applied(level) == applied


def test_the_speller_is_told_the_words_of_all_patterns() -> None:
    assert {"simple", "plain", "expert", "scientific"} <= WORDS.words


def test_a_pattern_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ContentError, match="there is no list <ease>"):
        LevelWords({"simpler": ["<ease>"]}, {})


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("eli5", LevelWish(F)),
        ("explain it like i am five", LevelWish(F)),
        ("in layman terms please", LevelWish(F)),
        ("intermediate level", LevelWish(I)),
        ("at the intermediate level", LevelWish(I)),
        ("expert version", LevelWish(A)),
        ("in full scientific detail", LevelWish(A)),
        ("simpler please", LevelWish(steps=-1)),
        ("that was too complicated for me", LevelWish(steps=-1)),
        ("i do not understand", LevelWish(steps=-1)),
        ("more scientific please", LevelWish(steps=1)),
        ("in more detail", LevelWish(steps=1)),
        ("a level up", LevelWish(steps=1)),
        ("is jumping a simple exercise", None),
        ("what is the basic unit of bone", None),
        ("is there scientific evidence for calcium", None),
        ("how deep do osteoclasts dig", None),
    ],
)
def test_the_level_words_that_people_write(know: Knowledge, text: str, wish: LevelWish | None) -> None:
    assert know.level_words.read(text)[0] == wish
