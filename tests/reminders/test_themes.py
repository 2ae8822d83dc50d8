from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corpus.models import Article, Excerpt, Part, Passage, Pointer, Tier
from bot.reminders.streams import Stream
from bot.reminders.themes import Theme, ThemePassage, compose_reminder, next_theme

EXERCISE, NUTRITION = Stream.EXERCISE, Stream.NUTRITION
PASSAGES = {
    "simple": Passage("simple", Part.FUNDAMENTALS, "Food", ("Milk.", "Kale.")),
    "deep": Passage("deep", Part.ACADEMIC, "Food", ("Osteoblasts.",)),
    "care": Passage("care", Part.INTERMEDIATE, "Jumps", ("Jump with caution.",)),
}
ARTICLE = Article(PASSAGES, ())
CAUTION = (Pointer("care", 1, 1),)


def theme(id_: str, passages: int, *, stream: Stream = EXERCISE, caution: tuple[Pointer, ...] = ()) -> Theme:
    shown = {Tier.FUNDAMENTALS: (Pointer("simple", 1, 1),), Tier.ACADEMIC: (Pointer("deep", 1, 1),)}
    numbered = tuple(ThemePassage(f"{id_}/{number}", shown) for number in range(1, passages + 1))
    return Theme(id_, stream, id_.upper(), f"{id_}/why", numbered, caution)


def weeks(
    count: int,
    themes: Sequence[Theme],
    seen: Sequence[str] = (),
    *,
    stream: Stream = EXERCISE,
    high_impact: bool = False,
) -> list[str]:
    """What the next weeks show, after what was seen."""
    shown = list(seen)
    for _ in range(count):
        shown.append(next_theme(stream, shown, themes, high_impact=high_impact)[1].id)
    return shown[len(seen) :]


def theme_of(id_: str) -> str:
    return id_.split("/")[0]


counts = st.lists(st.integers(1, 5), min_size=1, max_size=6)
ids = st.lists(st.from_regex(r"[a-g]/[1-6]|gone|", fullmatch=True), max_size=40)


def themes_of(sizes: Sequence[int], *, cautious: int = 0) -> list[Theme]:
    """Themes a, b, c … of these sizes; the last `cautious` of them need an opt-in."""
    plain = len(sizes) - cautious
    return [theme("abcdef"[at], size, caution=CAUTION if at >= plain else ()) for at, size in enumerate(sizes)]


def test_themes_take_turns_in_the_order_of_the_file() -> None:
    assert weeks(6, themes_of([2, 2, 2])) == ["a/1", "b/1", "c/1", "a/2", "b/2", "c/2"]


def test_what_was_shown_longest_ago_comes_first_in_the_next_round() -> None:
    themes = themes_of([2, 1])
    assert weeks(3, themes, ["a/2", "b/1", "a/1"]) == ["b/1", "a/2", "a/1"]


def test_a_theme_with_more_passages_than_the_rest_comes_every_other_week() -> None:
    assert [theme_of(id_) for id_ in weeks(5, themes_of([1, 3, 1]))] == ["b", "a", "b", "c", "b"]


def test_each_stream_goes_its_own_way() -> None:
    themes = [theme("walk", 1), theme("milk", 1, stream=NUTRITION)]
    assert weeks(2, themes, stream=NUTRITION) == ["milk/1", "milk/1"]


def test_a_new_theme_comes_in_the_round_that_has_begun() -> None:
    seen = weeks(5, themes_of([2, 2]))
    assert "c/1" in weeks(4, themes_of([2, 2, 1]), seen)


def test_a_theme_that_is_gone_is_forgotten() -> None:
    assert weeks(1, themes_of([2, 1]), ["z/1", "a/1", "z/9"]) == ["b/1"]


def test_a_reminder_that_was_noted_twice_repeats_nothing() -> None:
    assert weeks(1, themes_of([2, 1]), ["a/1", "b/1", "b/1"]) == ["a/2"]


def test_a_stream_without_themes_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="empty"):
        next_theme(NUTRITION, [], themes_of([1]), high_impact=True)


@given(counts)
def test_nothing_is_repeated_until_all_was_seen(sizes: list[int]) -> None:
    size = sum(sizes)
    shown = weeks(3 * size, themes_of(sizes))
    rounds = [sorted(shown[start : start + size]) for start in range(0, len(shown), size)]
    assert rounds == [sorted(it.id for theme in themes_of(sizes) for it in theme.passages)] * 3


@given(counts, ids)
def test_whatever_was_seen_before_all_passages_come(sizes: list[int], seen: list[str]) -> None:
    size = sum(sizes)
    assert len(set(weeks(2 * size, themes_of(sizes), seen))) == size


@given(counts.filter(lambda sizes: 2 * max(sizes) <= sum(sizes)))
def test_two_weeks_in_a_row_have_different_themes(sizes: list[int]) -> None:
    shown = weeks(3 * sum(sizes), themes_of(sizes))
    assert all(theme_of(earlier) != theme_of(later) for earlier, later in pairwise(shown))


@given(counts.filter(lambda sizes: len(sizes) > 1), ids)
def test_what_needs_an_opt_in_is_never_shown_without_it(sizes: list[int], seen: list[str]) -> None:
    themes = themes_of(sizes, cautious=1)
    cautious = themes[-1].id
    assert all(theme_of(id_) != cautious for id_ in weeks(2 * sum(sizes), themes, seen))
    assert any(theme_of(id_) == cautious for id_ in weeks(2 * sum(sizes), themes, seen, high_impact=True))


@given(counts, ids)
def test_the_same_past_leads_to_the_same_week(sizes: list[int], seen: list[str]) -> None:
    assert weeks(3, themes_of(sizes), seen) == weeks(3, themes_of(sizes), list(seen))


@pytest.mark.parametrize(
    ("level", "text", "other"),
    [
        (Tier.FUNDAMENTALS, "Milk.", None),
        (Tier.INTERMEDIATE, "Milk.", Tier.FUNDAMENTALS),
        (Tier.ACADEMIC, "Osteoblasts.", None),
    ],
)
def test_a_reminder_speaks_at_the_level_of_the_chat_or_from_the_nearest_tier(
    level: Tier, text: str, other: Tier | None
) -> None:
    food = theme("food", 2)
    message = compose_reminder(food, food.passages[1], level, ARTICLE)
    assert ([excerpt.text for excerpt in message.excerpts], message.other_tier) == ([text], other)
    assert (message.theme, message.passage, message.title, message.why) == ("food", "food/2", "FOOD", "food/why")


@pytest.mark.parametrize("level", Tier)
def test_a_caution_goes_with_every_reminder_of_its_theme(level: Tier) -> None:
    jumps = replace(theme("jumps", 1), caution=CAUTION)
    message = compose_reminder(jumps, jumps.passages[0], level, ARTICLE)
    assert message.caution == (Excerpt(PASSAGES["care"], 1, 1),)
