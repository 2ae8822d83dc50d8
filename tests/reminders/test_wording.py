from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.days import days_of
from bot.reminders.plan_words import minute_of
from bot.reminders.streams import Stream
from bot.reminders.tokens import read
from bot.reminders.wording import NOTHING, Action, Command, Reason, understand
from bot.reminders.words import ReminderWords

TODAY = date(2026, 11, 26)
"""A Thursday."""
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
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
    ("text", "time"),
    [
        ("7pm", "19:00"),
        ("1945", "19:45"),
        ("since 1945", None),
        ("1200 mg", None),
        ("645a", "06:45"),
        ("in the evenings about six", "18:00"),
        ("7 p.m.", "19:00"),
        ("19:00", "19:00"),
        ("at 7.30", "07:30"),
        ("1930", "19:30"),
        ("17h", "17:00"),
        ("18 Uhr", "18:00"),
        ("6 30 pm", "18:30"),
        ("half past six in the evening", "18:30"),
        ("quarter to eight in the morning", "07:45"),
        ("twenty to one in the afternoon", "12:40"),
        ("ten past twelve in the afternoon", "12:10"),
        ("noon", "12:00"),
        ("midnight", "00:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("nine thirty in the morning", "09:30"),
        ("7 in the morning", "07:00"),
        ("evenings, 9.15", "21:15"),
        ("seven o'clock in the evening", "19:00"),
        ("nine-ish in the evening", "21:00"),
        ("18 hours in the evening", "18:00"),
        ("0530 at night", "05:30"),
        ("3:30", None),
        ("7", None),
        ("half 7", None),
        ("quarter to eight", None),
        ("in the morning", None),
        ("25:00", None),
        ("K2 and 60%", None),
    ],
)
def test_a_time_is_read_or_left_open(words: ReminderWords, text: str, time: str | None) -> None:
    minute = minute_of(read(text, words, None), Action.SUBSCRIBE)
    assert (None if minute is None else f"{minute // 60:02d}:{minute % 60:02d}") == time


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("mondays", (1,)),
        ("mon-fri", (1, 2, 3, 4, 5)),
        ("from thursday to sunday", (4, 5, 6, 7)),
        ("sat to mon", (1, 6, 7)),
        ("M/W/F", (1, 3, 5)),
        ("weekends", (6, 7)),
        ("weekdays except wednesday", (1, 2, 4, 5)),
        ("every day but sunday", (1, 2, 3, 4, 5, 6)),
        ("wensday and thrusday", (3, 4)),
        ("most days suit me, but Friday is best", (5,)),
        ("any day but Friday", (1, 2, 3, 4, 6, 7)),
        ("in the sun", None),
        ("today", None),
    ],
)
def test_weekdays_are_read(words: ReminderWords, text: str, weekdays: tuple[int, ...] | None) -> None:
    assert days_of(read(text, words, None).tokens) == weekdays


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("pause until 3 March", date(2027, 3, 3)),
        ("pause for two weeks", date(2026, 12, 10)),
        ("pause till next monday", date(2026, 11, 30)),
        ("pause until the 20th", date(2026, 12, 20)),
        ("pause until 15.01.", date(2027, 1, 15)),
        ("pause until end of january", date(2027, 2, 1)),
        ("stop the reminders for a month", date(2026, 12, 26)),
        ("no reminders this week please", date(2026, 11, 30)),
        ("pause until I am back", None),
        ("no reminders on christmas", None),
        ("don't text me on my birthday", None),
        ("no reminders on bank holidays please", None),
        ("pause until 31 February", None),
    ],
)
def test_a_pause_has_its_end(words: ReminderWords, text: str, until: date | None) -> None:
    command = understand(text, words, TODAY)
    assert (command.action, command.until) == (Action.PAUSE, until)


def test_without_a_date_of_today_a_pause_is_still_a_pause(words: ReminderWords) -> None:
    assert understand("pause for two weeks", words, None) == Command(Action.PAUSE)


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


def test_one_message_may_hold_two_plans(words: ReminderWords) -> None:
    command = understand("exercise on mondays and nutrition on fridays, both at 10am", words, TODAY)
    assert (command.streams, command.weekdays, command.minute) == ((EXERCISE,), (1,), 600)
    assert command.also == (Command(Action.SUBSCRIBE, (NUTRITION,), (5,), 600),)


def test_of_two_times_in_a_change_the_new_one_counts(words: ReminderWords) -> None:
    for text in (
        "move exercise from 7am to 9am",
        "exercise at 9am instead of 7am",
        "7am is too early, exercise at 9am",
    ):
        assert understand(text, words, TODAY).minute == 540, text


def test_only_the_stream_that_is_named_ends(words: ReminderWords) -> None:
    assert understand("stop everything except nutrition", words, TODAY).streams == (EXERCISE,)
    assert understand("no more exercise reminders, keep the food ones", words, TODAY).streams == (EXERCISE,)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("cancel Friday, keep the other", Command(Action.STOP, weekdays=(5,))),
        ("end the exercise one please. The food one can stay", Command(Action.STOP, (EXERCISE,))),
        ("no more Mondays thanks", Command(Action.STOP, weekdays=(1,))),
        ("end the food reminders thx, exercise ones r fine", Command(Action.STOP, (NUTRITION,))),
        ("cancel the fri 6pm workout thing", Command(Action.STOP, (EXERCISE,), (5,))),
        ("cancel the Monday one. Keep Wednesday and Friday.", Command(Action.STOP, weekdays=(1,))),
        ("close her subscription please", Command(Action.STOP)),
        ("my knee was done on Friday, and we do not need your messages any longer", Command(Action.STOP)),
        ("leave me with just the food one", Command(Action.STOP, (EXERCISE,))),
        ("our dad died on Sunday, please do not send any more reminders", Command(Action.STOP)),
        ("I do not want exercise reminders, I want nutrition", Command(Action.STOP, (EXERCISE,))),
        ("he does not need the exercise ones, just the food", Command(Action.STOP, (EXERCISE,))),
        ("cancel the food reminders, I want to hang on to exercise", Command(Action.STOP, (NUTRITION,))),
        ("just the nutrition, please. End the other.", Command(Action.STOP, (EXERCISE,))),
        ("we only want exercise, not the food ones", Command(Action.STOP, (NUTRITION,))),
        ("exercise is really lovely, but do not send food messages any more", Command(Action.STOP, (NUTRITION,))),
        ("she wants neither the food nor the exercise messages", Command(Action.STOP, (EXERCISE, NUTRITION))),
        ("unmute food only, leave exercise off for now", Command(Action.RESUME, (NUTRITION,))),
    ],
)
def test_what_is_to_stay_as_it_is_stays(words: ReminderWords, text: str, command: Command) -> None:
    assert understand(text, words, TODAY) == command


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("exercise reminder on Friday, no wait, Saturday", (6,)),
        ("move it, not on Monday but on Wednesday", (3,)),
        ("food reminder change Monday to Friday", (5,)),
        ("change the exercise reminders to Monday to Friday", (1, 2, 3, 4, 5)),
        ("exercise reminders Monday to Friday apart from Wednesday", (1, 2, 4, 5)),
        ("Tuesday clashes with my choir, can the exercise reminder come on Thursday instead", (4,)),
    ],
)
def test_a_day_that_is_declined_does_not_count(words: ReminderWords, text: str, weekdays: tuple[int, ...]) -> None:
    assert understand(text, words, TODAY).weekdays == weekdays


@pytest.mark.parametrize(
    ("text", "weekdays", "minute"),
    [
        ("I sing on Mondays. Remind me of exercise on Tuesdays, 8am", (2,), 480),
        ("we have visitors Saturday, Sunday, please remind me to exercise on Friday at 5pm", (5,), 1020),
        ("nutrition reminder Thursdays 17:15, I am at the market on Wednesdays", (4,), 1035),
        ("can you remind me of exercise on Fridays, 8am? The plumber comes on Mondays", (5,), 480),
        ("I am awake at 5am. Exercise reminder on Fridays, 9.30 am", (5,), 570),
        ("I am free on Tuesdays, remind me to exercise at 8am", (2,), 480),  # the only day that is said
    ],
)
def test_a_day_or_time_that_is_only_told_of_does_not_count(
    words: ReminderWords, text: str, weekdays: tuple[int, ...], minute: int
) -> None:
    command = understand(text, words, TODAY)
    assert (command.action, command.weekdays, command.minute) == (Action.SUBSCRIBE, weekdays, minute)


def test_i_am_is_no_time_of_day(words: ReminderWords) -> None:
    assert understand("I am free at 6 on Mondays, remind me of exercise", words, TODAY).minute is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        (
            "the surgeon says I sit too much! exercise, Fridays 7:15 AM",
            Command(Action.SUBSCRIBE, (EXERCISE,), (5,), 435),
        ),
        (
            "my rota begins next week; move both to Saturday noon",
            Command(Action.CHANGE, (EXERCISE, NUTRITION), (6,), 720),
        ),
    ],
)
def test_a_plan_after_a_story_is_heard(words: ReminderWords, text: str, command: Command) -> None:
    assert understand(text, words, TODAY) == command


def test_what_stands_far_apart_in_a_long_message_is_not_read_together(words: ReminderWords) -> None:
    story = (
        "My cousin did not want a lift and walked home, which took her an hour and more in all that rain last week. "
    )
    assert understand(f"{story}Which one of the vitamins do bones need?", words, TODAY).is_none
    assert _action(f"{story}She is tired of it now. Please stop the reminders.", words) is Action.STOP


def test_what_another_said_is_no_wish(words: ReminderWords) -> None:
    assert understand("what does “stop all reminders” mean in the help", words, TODAY).is_none


@pytest.mark.parametrize(
    "text",
    [
        "halt halt halt",  # said often
        "good grief man, oh please just cease",  # beside what means nothing
        "buzz off with those notifications",  # a rude dismissal
        "I am so weary of being reminded",
        "nobody here wants to hear from you",
        "she does not need these any longer",  # for another, of "these"
        "strike my mother off the list",
        "all your alerts, I would like them gone, cancel",
        "if you do not stop I will block you",  # a wish in spite of "do not stop"
        "when will you quit sending",
        "the notifications are to end, please",  # in any order
        "thanks, the messages did their work and I do not need them any more",
        "why am I still getting your alerts after cancelling them? I asked you to end it",
        "do not mute it, end it",
        "that is enough of the Friday one",
        "I am not wanting more of your reminders of the food",
        "sotp everything",
        "I set this up at Easter. Stop the alerts.",
        "unsubscribe us, my son signed us up for Christmas",
        "end the reminders for good this Easter",
        "the alerts came during dinner, end them",
        "we are happy to carry on without your nudges",
        "is there a way to make this stop?",
        "take this number off your list",
        "please close my mother's account with you",
        "why am I still getting them? I asked to be taken off",
        "scrap the whole schedule",
        "is there a way of ending these messages",
        "why do you keep texting me every Friday? Remove me.",
        "I am happy without your nudges",
        "would you mind me asking not to get the 8 am exercise text any longer",
        "your alerts wake the baby and I can't stand it. Get rid of them.",
        "sick of getting the exercise alerts, can they be stopped",
        "we thought we had ended this, and still got one today",
        "they were nice for a while, but no more nudges",  # no pause: it tells of the past
    ],
)
def test_a_refusal_is_understood_by_its_kind(words: ReminderWords, text: str) -> None:
    assert _action(text, words) is Action.STOP


@pytest.mark.parametrize(
    "text",
    [
        "I want to stop the exercise reminders",
        "mum wants to end the food reminders",
        "I asked to stop the exercise reminders",
        "my physio advised me to stop the exercise reminders",
        "I no longer need to exercise please cancel the reminders",
        "I need to run please stop reminding me",
        "quit exercising as I am tired and stop reminding me",
        "I do not know how to stop the reminders",
        "I do not want to bother you but please stop the reminders",
        "they do not remind me properly please stop the reminders",
        "my holiday is over stop the reminders",
        "stop exercising reminders",
        "my mum no longer wants it",
        "please drop me",
        "please stop the reminders, they are making me laugh",
        "you're making me blush! cancel my reminders",
        "want to move on to stop reminders",
    ],
)
def test_what_is_told_beside_a_stop_never_silences_it(words: ReminderWords, text: str) -> None:
    assert _action(text, words) is Action.STOP


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("keep Thursdays, stop Mondays", (1,)),
        ("keep the Monday exercise reminder, stop the Tuesday one", (2,)),
        ("I can't keep up. Stop the Monday exercise reminders", (1,)),
        ("please keep going but no more exercise reminders on Monday", (1,)),
        ("leave me alone on Mondays, stop the Monday exercise reminders", (1,)),
        ("drop the food one, leave the exercise one on Wednesdays as it is", None),
        ("stop texting me about exercise because I walk every day", None),
    ],
)
def test_only_the_days_that_are_to_end_end(words: ReminderWords, text: str, weekdays: tuple[int, ...] | None) -> None:
    command = understand(text, words, TODAY)
    assert (command.action, command.weekdays) == (Action.STOP, weekdays)


@pytest.mark.parametrize(
    "text",
    [
        "should I stop the other one?",
        "I take alendronate and calcium. Should I stop the other one",
        "do not drop the other one",
        "is only nutrition not exercise enough",
        "I only did exercise, not food",
        "which is better, only exercise or keep food and drop the rest",
        "keep exercise and cut the rest of my sugar",
        "I think my periods have stopped but I still get cramps",
        "I was sure I cancelled the scan, still I got a letter",
        "will you stop both statins",
        "there is no food any more",
        "I get no exercise any more",
        "skip the oats or the bread?",
        "enough walking for one day?",
        "I unsubscribed from my gym",
        "halt, describe that in other words",  # another clause wants an answer
        "you did not remind me last week",
        "a nudge to stop biting my nails",
        "I would be sad to end the reminders",
        "pausing weights after a cold, is that wise",
        "my son stops me whenever I lift something",
        "one message a month would be enough",
        "never take me off your list",
        "the church keeps texting me, how do I unsubscribe from that",
        "my wife told her dentist to stop texting her",  # another's messages
        "he fainted and won't wake up",  # not to be woken is no wish about messages
        "she no longer wants to cook",  # what is said of doing is not said of reminders
        "the surgeon advised me to quit running",
        "there is a break in my arm until Easter",
        "my cousin doesn't write back",
        "we all want our balance back",
        "I do not understand how one pill can do it",
    ],
)
def test_words_that_end_or_pause_end_nothing_of_ours_beside_other_things(words: ReminderWords, text: str) -> None:
    assert understand(text, words, TODAY).is_none


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


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("remndr 4 exercise thurs 6pm", (EXERCISE, 4, 1080)),  # some vowels left out
        ("exercise rmdr fri 2nd thing 8am", (EXERCISE, 5, 480)),  # "nd" of a number is no word
        ("snd nutr msgs sat 9am", (NUTRITION, 6, 540)),
    ],
)
def test_texted_words_are_read_in_full(words: ReminderWords, text: str, mended: tuple[Stream, int, int]) -> None:
    command = understand(text, words, TODAY)
    assert command.action is Action.SUBSCRIBE
    assert (command.streams, command.weekdays, command.minute) == ((mended[0],), (mended[1],), mended[2])


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_any_text_is_understood_somehow(words: ReminderWords, text: str) -> None:
    assert isinstance(understand(text, words, TODAY), Command)


@given(st.lists(st.sampled_from(HEAP)))
def test_any_heap_of_our_own_words_is_understood_somehow(words: ReminderWords, heap: list[str]) -> None:
    assert isinstance(understand(" ".join(heap), words, TODAY), Command)


@given(
    st.sampled_from(["stop the reminders", "cancel my reminders", "unsubscribe", "do not remind me any more"]),
    st.sampled_from(["", " please", " now", ", thank you", "!"]),
    st.sampled_from(["", "hello, ", "please ", "Sorry, "]),
)
def test_a_wish_to_stop_comes_through_what_stands_around_it(
    words: ReminderWords, wish: str, after: str, before: str
) -> None:
    assert _action(f"{before}{wish}{after}", words) is Action.STOP


@given(
    st.sampled_from(["exercise", "nutrition"]),
    st.sets(st.integers(1, 7), min_size=1).map(sorted),
    st.integers(0, 1439),
)
def test_a_plan_that_we_render_is_read_as_itself(
    words: ReminderWords, stream: str, weekdays: list[int], minute: int
) -> None:
    days = ", ".join(f"{DAYS[day - 1]}s" for day in weekdays)
    text = f"remind me of {stream} on {days} at {minute // 60:02d}:{minute % 60:02d}"
    expected = Command(Action.SUBSCRIBE, (Stream(stream),), tuple(weekdays), minute)
    assert understand(text, words, TODAY) == expected


def test_an_empty_message_asks_for_nothing(words: ReminderWords) -> None:
    assert understand("", words, TODAY) == NOTHING


@pytest.mark.parametrize("text", ["please no longer remind me", "do away with the reminders"])
def test_a_wish_to_be_left_alone_is_no_wish_for_reminders(text: str, words: ReminderWords) -> None:
    assert _action(text, words) is Action.STOP


def test_a_weekday_in_a_place_is_no_day_of_the_month(words: ReminderWords) -> None:
    assert _action("remind me to exercise at noon on Tuesdays in New York", words) is Action.SUBSCRIBE
    monthly = understand("remind me to exercise on the first monday of the month", words, TODAY)
    assert monthly == Command(Action.NONE, reason=Reason.MONTHLY)


def test_a_plan_with_an_open_time_of_its_own_takes_none_from_the_other(words: ReminderWords) -> None:
    command = understand("exercise reminders on Mondays at 10 and nutrition on Sundays at noon", words, TODAY)
    assert [plan.minute for plan in (command, *command.also)] == [None, 720]
    command = understand("exercise reminders on Mondays and nutrition on Sundays at 9am", words, TODAY)
    assert [plan.minute for plan in (command, *command.also)] == [540, 540]
