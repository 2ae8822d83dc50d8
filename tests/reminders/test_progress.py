from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.reminders.progress import WEEKS, Week, progress_of
from bot.reminders.records import Delivery, DeliveryState, Mark
from bot.reminders.streams import Stream

TODAY = date(2026, 11, 25)  # a Wednesday
DONE, SKIPPED, UNANSWERED, NOTHING = (Week(True, Mark.DONE), Week(True, Mark.SKIPPED), Week(True), Week())
Sent = tuple[Stream, Delivery]


def sent(day: date, week: Week = DONE, stream: Stream = Stream.EXERCISE) -> Sent:
    at = datetime.combine(day, time(9), UTC)
    return stream, Delivery(1, 7, day, at, 0, DeliveryState.SENT, mark=week.mark)


def marked(*weeks: Week, stream: Stream = Stream.EXERCISE) -> list[Sent]:
    """One reminder a week, the last one this week."""
    days = [TODAY - timedelta(weeks=ago) for ago in reversed(range(len(weeks)))]
    return [sent(day, week, stream) for day, week in zip(days, weeks, strict=True) if week.sent]


def test_both_streams_are_told_week_by_week_the_oldest_first() -> None:
    exercise, nutrition = progress_of(marked(DONE, NOTHING, SKIPPED, UNANSWERED), TODAY).streams
    assert exercise.weeks == (*(NOTHING,) * 8, DONE, NOTHING, SKIPPED, UNANSWERED)
    assert nutrition.weeks == (NOTHING,) * 12


def test_a_week_is_from_monday_to_sunday() -> None:
    days = (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 29))
    (exercise, _) = progress_of([sent(day) for day in days], TODAY).streams
    assert (exercise.weeks[-2:], exercise.done) == ((DONE, DONE), 2)


def test_what_lies_outside_the_weeks_is_left_out() -> None:
    days = (TODAY - timedelta(weeks=WEEKS), TODAY + timedelta(weeks=1))
    (exercise, _) = progress_of([sent(day) for day in days], TODAY).streams
    assert exercise.sent == 0


@pytest.mark.parametrize("weeks", [(UNANSWERED, DONE), (DONE, SKIPPED)])
def test_a_week_with_several_reminders_counts_as_done_if_one_was(weeks: tuple[Week, ...]) -> None:
    (exercise, _) = progress_of([sent(TODAY, week) for week in weeks], TODAY).streams
    assert exercise.weeks[-1] == DONE


def test_what_was_not_sent_and_the_question_whether_to_go_on_are_no_reminders() -> None:
    stream, one = sent(TODAY)
    others = [replace(one, state=state) for state in DeliveryState if state not in ("sent", "uncertain")]
    progress = progress_of([(stream, it) for it in [*others, replace(one, asks=True)]], TODAY)
    assert progress.is_empty


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
def test_the_words_count_what_was_done_and_blame_nobody(marks: tuple[Week, ...], words: str) -> None:
    exercise, _ = progress_of(marked(*marks), TODAY).streams
    assert exercise.words == words


def test_the_alternative_text_tells_both_streams() -> None:
    delivered = [*marked(DONE), *marked(DONE, UNANSWERED, stream=Stream.NUTRITION)]
    assert progress_of(delivered, TODAY).alt_text == (
        "Exercise: the one week with a reminder is marked as done. "
        "Nutrition: 1 of the 2 weeks with a reminder marked as done."
    )
