"""Which wish a message holds, if any."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.streams import Stream
from bot.reminders.wording import NOTHING, Action, Command, Reason, understand
from bot.reminders.words import ReminderWords

TODAY = date(2026, 11, 26)
"""A Thursday."""
HEAP = [
    "stop",
    "until",
    "for",
    "3",
    "march",
    "99",
    "am",
    "pm",
    "monday",
    "-",
    ",",
    "the",
    "31st",
    "next",
    "week",
    "every",
    "7",
    "to",
]
EXERCISE, NUTRITION = Stream.EXERCISE, Stream.NUTRITION


def _action(text: str, words: ReminderWords) -> Action:
    return understand(text, words, TODAY).action


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("remind me tomorrow at 9 to exercise", Reason.ONE_OFF),
        ("remind me to exercise once a month", Reason.MONTHLY),
        ("I want a monthly exercise reminder", Reason.MONTHLY),
        ("remind me to stretch in 40 minutes", Reason.ONE_OFF),
        ("remind me next month to exercise", Reason.ONE_OFF),
        ("nutrition reminder every two weeks", Reason.FORTNIGHTLY),
        ("remind me to take my raloxifene on mondays at 8am", Reason.MEDICINE),
        ("remind me to water the plants on mondays", Reason.OTHER),
    ],
)
def test_what_we_do_not_remind_of_has_its_reason(words: ReminderWords, text: str, reason: Reason) -> None:
    assert understand(text, words, TODAY) == Command(Action.NONE, reason=reason)


def test_what_stands_far_apart_in_a_long_message_is_not_read_together(words: ReminderWords) -> None:
    story = (
        "My cousin did not want a lift and walked home, which took her an hour and more in all that rain last week. "
    )
    assert understand(f"{story}Which one of the vitamins do bones need?", words, TODAY).is_none
    assert _action(f"{story}She is tired of it now. Please stop the reminders.", words) is Action.STOP


def test_what_another_said_is_no_wish(words: ReminderWords) -> None:
    assert understand("what does “stop all reminders” mean in the help", words, TODAY).is_none


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("do not write to me during Lent", Action.PAUSE),
        ("three weeks off from the notifications please", Action.PAUSE),
        ("shush until Sunday", Action.PAUSE),
        ("pause the exercise reminders, I have a fracture in my hip", Action.PAUSE),
        ("I have put them on hold before, please pause them again", Action.PAUSE),
        ("move exercise reminders to Friday, not too early", Action.CHANGE),
        ("opt in to reminders", Action.SUBSCRIBE),
        ("please add her to the weekly food messages, Sunday at noon is best", Action.SUBSCRIBE),
        ("make them mornings, 8:30", Action.CHANGE),
        ("I have a trainer now, so yours can end", Action.STOP),
        ("give the food messages a miss over Lent", Action.PAUSE),
        ("just exercise, not nutrition, on Mondays at 8am", Action.SUBSCRIBE),
        ("stop the alerts at breakfast, send them on sunday", Action.CHANGE),
        ("nutrition => 6pm", Action.CHANGE),
        ("keep the day but send the alerts at 6 pm", Action.CHANGE),
        ("take both over to Friday", Action.CHANGE),
        ("let the food alert come an hour later", Action.CHANGE),
        ("I would like to have them at ten in the morning", Action.CHANGE),
        ("can everything be put on hold, I will tell you", Action.PAUSE),
        ("did not enjoy the cruise, unmute please", Action.RESUME),
        ("am I supposed to get a reminder on Fridays?", Action.SHOW),
        ("push the walk reminder back to friday", Action.CHANGE),
        ("my shoulder is mended, restart exercise", Action.RESUME),
        ("un-mute diet", Action.RESUME),
        ("at what time do you text my mother", Action.SHOW),
        ("reminders?", Action.SHOW),
        ("change the day of my exercise reminder", Action.CHANGE),
        ("please switch on exercise reminders", Action.SUBSCRIBE),
        ("can I have reminders?", Action.SUBSCRIBE),
        ("opt my gran in for the food ones", Action.SUBSCRIBE),
        ("begin sending her exercise tips", Action.SUBSCRIBE),
        ("not Mondays any more, Sundays for nutrition", Action.CHANGE),
        ("your messages arrive two hours late, set me on Lisbon time", Action.CHANGE),
        ("can the food one come a bit earlier", Action.CHANGE),
        ("would you halt all of them while I am in hospital", Action.PAUSE),
        ("I had put it on hold, start the exercise messages again", Action.RESUME),
        ("I am fit for the exercise reminders again", Action.RESUME),
        ("remind me what I subscribed to", Action.SHOW),
        ("have I got both set for Monday?", Action.SHOW),
        ("when is the next?", Action.SHOW),
        ("when do we hear from you again about the food", Action.SHOW),
        ("we would love to begin receiving the nutrition ones, Sunday at noon would suit us", Action.SUBSCRIBE),
        ("may I have the exercise thing?", Action.SUBSCRIBE),
        ("you can help with exercise, I hear. I would like that on Mondays at 3pm", Action.SUBSCRIBE),
        ("how do I correct my time zone", Action.CHANGE),
        ("my holiday is over, please carry on with the messages", Action.RESUME),
        ("switch these all back on", Action.RESUME),
        ("what hour am I down for?", Action.SHOW),
        ("are the food ones on a Monday or on a Tuesday", Action.SHOW),
        ("start nutrition", Action.SUBSCRIBE),
        ("the chemist told me of this, would you send my aunt exercise tips on Sundays at 4pm", Action.SUBSCRIBE),
        ("we get the nutrition one on Mondays; would Fridays at 10am be possible?", Action.CHANGE),
    ],
)
def test_neighbouring_wishes_are_told_apart(words: ReminderWords, text: str, action: Action) -> None:
    assert _action(text, words) is action


@pytest.mark.parametrize(
    "text",
    [
        "remind me about exercise and the spine",
        "remind me again about nutrition labels",
        "we swim on Tuesdays at 10:00",
        "our balance class starts Thursday 11:00",
        "set a timer for 6pm",
        "phone me on Thursday",
        "can exercise on Fridays hurt",
        "nudge units and exercise",
        "when is my next blood test",
        "is there a way to stop the loss of bone",
        "is there any way to end it",
        "can they be switched off, the cells that eat bone",
        "I lost weight over the holiday",
        "we are on holiday and have no gym, tell me what to do",
        "give me back my height",
        "we eat fish on Fridays",
        "I can't swim at 7am",
        "I would like to eat later",
        "I want to carry on with yoga",
        "he can't text his doctor",
        "did the doctor's app show when I read a message",
        "my aunt swims every day at 7am",
        "write me a weekly menu",
        "write to me about vitamins",
        "swimming every day",
        "remind me again, was it 1000 mg or 1200",
        "give me the list of foods",
        "does one undo the other when I eat both",
        "what is osteoid? send me to the right part. Is one kind of food enough on a Monday",  # nothing across
        "I do not want to alarm you, but my knee cracks",
        "my scan got moved to Monday 4pm, which exercise can I do",
        "when was the study, in may 2023, on exercise",
    ],
)
def test_a_question_or_a_story_is_no_wish_for_reminders(words: ReminderWords, text: str) -> None:
    assert understand(text, words, TODAY).is_none


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_any_text_is_understood_somehow(words: ReminderWords, text: str) -> None:
    assert isinstance(understand(text, words, TODAY), Command)


@given(st.lists(st.sampled_from(HEAP)))
def test_any_heap_of_our_own_words_is_understood_somehow(words: ReminderWords, heap: list[str]) -> None:
    assert isinstance(understand(" ".join(heap), words, TODAY), Command)


def test_an_empty_message_asks_for_nothing(words: ReminderWords) -> None:
    assert understand("", words, TODAY) == NOTHING


def test_a_weekday_in_a_place_is_no_day_of_the_month(words: ReminderWords) -> None:
    assert _action("remind me to exercise at noon on Tuesdays in New York", words) is Action.SUBSCRIBE
    monthly = understand("remind me to exercise on the first monday of the month", words, TODAY)
    assert monthly == Command(Action.NONE, reason=Reason.MONTHLY)
