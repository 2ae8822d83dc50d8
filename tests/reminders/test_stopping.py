"""Whether reminders are to end, for good or for a time, and which of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.streams import Stream
from bot.reminders.wording import Action, Command, understand
from bot.reminders.words import ReminderWords

TODAY = date(2026, 11, 26)
"""A Thursday."""
EXERCISE, NUTRITION = Stream.EXERCISE, Stream.NUTRITION


def _action(text: str, words: ReminderWords) -> Action:
    return understand(text, words, TODAY).action


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


@given(
    st.sampled_from(["stop the reminders", "cancel my reminders", "unsubscribe", "do not remind me any more"]),
    st.sampled_from(["", " please", " now", ", thank you", "!"]),
    st.sampled_from(["", "hello, ", "please ", "Sorry, "]),
)
def test_a_wish_to_stop_comes_through_what_stands_around_it(
    words: ReminderWords, wish: str, after: str, before: str
) -> None:
    assert _action(f"{before}{wish}{after}", words) is Action.STOP


@pytest.mark.parametrize("text", ["please no longer remind me", "do away with the reminders"])
def test_a_wish_to_be_left_alone_is_no_wish_for_reminders(text: str, words: ReminderWords) -> None:
    assert _action(text, words) is Action.STOP
