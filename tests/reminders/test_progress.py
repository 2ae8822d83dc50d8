from datetime import date, timedelta

import pytest

from bot.reminders.progress import WEEKS, Delivered, Mark, progress_of
from bot.reminders.streams import Stream

TODAY = date(2026, 11, 25)  # a Wednesday
DONE, SKIPPED, UNANSWERED = Mark


def marked(*marks: Mark | None, stream: Stream = Stream.EXERCISE) -> list[Delivered]:
    """One reminder a week, the last one this week."""
    days = [TODAY - timedelta(weeks=ago) for ago in reversed(range(len(marks)))]
    return [Delivered(stream, day, mark) for day, mark in zip(days, marks, strict=True) if mark]


def test_both_streams_are_told_week_by_week_the_oldest_first() -> None:
    exercise, nutrition = progress_of(marked(DONE, None, SKIPPED, UNANSWERED), TODAY).streams
    assert exercise.weeks == (*(None,) * 8, DONE, None, SKIPPED, UNANSWERED)
    assert nutrition.weeks == (None,) * 12


def test_a_week_is_from_monday_to_sunday() -> None:
    days = (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 29))
    (exercise, _) = progress_of([Delivered(Stream.EXERCISE, day, DONE) for day in days], TODAY).streams
    assert (exercise.weeks[-2:], exercise.done) == ((DONE, DONE), 2)


def test_what_lies_outside_the_weeks_is_left_out() -> None:
    days = (TODAY - timedelta(weeks=WEEKS), TODAY + timedelta(weeks=1))
    (exercise, _) = progress_of([Delivered(Stream.EXERCISE, day, DONE) for day in days], TODAY).streams
    assert exercise.sent == 0


@pytest.mark.parametrize("marks", [(UNANSWERED, DONE), (DONE, SKIPPED)])
def test_a_week_with_several_reminders_counts_as_done_if_one_was(marks: tuple[Mark, ...]) -> None:
    (exercise, _) = progress_of([Delivered(Stream.EXERCISE, TODAY, mark) for mark in marks], TODAY).streams
    assert exercise.weeks[-1] == DONE


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ((), "Exercise: no reminders in the last 12 weeks."),
        ((UNANSWERED,) * 12, "Exercise: no week marked as done yet, and that is all right."),
        ((SKIPPED,), "Exercise: no week marked as done yet, and that is all right."),
        ((DONE,), "Exercise: the one week with a reminder is marked as done."),
        ((DONE, UNANSWERED, DONE), "Exercise: 2 of the 3 weeks with a reminder marked as done."),
        ((DONE,) * 7 + (SKIPPED,) * 5, "Exercise: 7 of the last 12 weeks marked as done."),
        ((DONE,) * 12, "Exercise: 12 of the last 12 weeks marked as done."),
    ],
)
def test_the_words_count_what_was_done_and_blame_nobody(marks: tuple[Mark, ...], words: str) -> None:
    exercise, _ = progress_of(marked(*marks), TODAY).streams
    assert exercise.words == words


def test_the_alternative_text_tells_both_streams() -> None:
    delivered = [*marked(DONE), *marked(DONE, UNANSWERED, stream=Stream.NUTRITION)]
    assert progress_of(delivered, TODAY).alt_text == (
        "Exercise: the one week with a reminder is marked as done. "
        "Nutrition: 1 of the 2 weeks with a reminder marked as done."
    )
