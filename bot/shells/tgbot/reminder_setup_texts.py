"""Our own words while reminders are set up. HTML; none of them says anything about health."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.reminders.command import Action, Reason
from bot.reminders.streams import Stream
from bot.reminders.told import told_day, told_streams

CANCEL = "Cancel"
CANCELLED = "All right, nothing was changed."
TOO_OLD = "That is settled already, or was too long ago. Here is how things are."
LEFT = "This was never confirmed, so nothing has come of it yet."
ASK_STREAMS = "What shall I remind you of?"
ASK_WEEKDAYS = (
    "On which days of the week shall I remind you of {streams}? Press one or more, and then “These days”. You can also "
    "write it, for example “Tuesdays and Fridays”."
)
THESE_DAYS = "These days ✓"
ASK_TIME = (
    "At what time of day? It comes around that time, up to 15 minutes later. You can also write another one, for "
    "example “half past seven in the evening”."
)
ASK_HALF = "In the morning or in the evening?"
FULL = (
    "So many people have chosen {time} that I could not keep my word to you there. These are the nearest times that "
    "are still free. You can also write another one, or another day."
)
ASK_ZONE = (
    "Where do you live? Then I know what your clock shows. Write me your city or country, for example “Leeds” or "
    "“near Munich”. You can also share where you are (I keep the time zone only, not the place), or choose from a list."
)
ASK_WHICH_ZONE = "Which of these clocks is yours?"
NO_ZONE = "I am sorry, I do not know that place. Could you write the next larger city, or the country?"
SHARE = "Share where I am"
SHARING = "Please press the button below. I keep the time zone only, not the place."
LIST = "Choose from a list"
THANKS = "Thank you."
OTHER_PLACE = "Another place"
ZONE_LIST = "Press the clock that is yours. If none is, write me your city or country."
ASK_DIFFERENT = "What shall be different?"
DIFFERENT_STREAMS = "What about"
DIFFERENT_DAYS = "Days"
DIFFERENT_TIME = "Time"
DIFFERENT_ZONE = "Time zone"
CONFIRM = "<b>Shall I remind you like this?</b>"
UP_TO = "around {time} (up to 15 minutes later)"
UNTIL_NOW = "Until now: {plan}"
COMING = "The next ones would come:"
CHECK_ZONE = (
    "Your device shows these dates by its own clock. If they do not show {time}, the time zone is wrong: then press "
    "“Another time zone”."
)
YES = {
    Action.SUBSCRIBE: "Yes, remind me",
    Action.CHANGE: "Yes, change it",
    Action.PAUSE: "Yes, pause",
    Action.RESUME: "Yes, go on",
}
CHANGE_SOMETHING = "Change something"
OTHER_ZONE = "Another time zone"
CONFIRM_PAUSE = "Shall I be silent about {streams} until {day}?"
CONFIRM_PAUSE_OPEN = "Shall I be silent about {streams} until you say that I may go on?"
CONFIRM_RESUME = "Shall I go on with your {streams} reminders?"
CONFIRMED = "Done. I will remind you."

REASONS = {
    Reason.ONE_OFF: (
        "I am sorry, I cannot remind you of something once: I have weekly reminders about exercise and nutrition only. "
        "For a single day the alarm of your phone is better. Would you like a weekly one? /reminders"
    ),
    Reason.FORTNIGHTLY: (
        "I am sorry, I have weekly reminders only, none for every second week. You could have one every week and press "
        "“Not this week” in between. Would you like that? /reminders"
    ),
    Reason.MONTHLY: (
        "I am sorry, I have weekly reminders only, none by the month. You could have one every week and press "
        "“Not this week” in between. Would you like that? /reminders"
    ),
    Reason.MEDICINE: (
        "I am sorry, I do not remind of medicines: that must never fail, and I am only a small program. Please use an "
        "alarm, and ask your pharmacist or doctor about how to take them. I have weekly reminders about exercise and "
        "nutrition: /reminders"
    ),
    Reason.OTHER: (
        "I am sorry, I can remind you of two things only, once a week or on more days: of exercise and of nutrition, "
        "each with a passage of the article. Would you like that? /reminders"
    ),
}


def ask_to_pause(streams: Sequence[Stream], until: date | None) -> str:
    told = told_streams(streams)
    return CONFIRM_PAUSE.format(streams=told, day=told_day(until)) if until else CONFIRM_PAUSE_OPEN.format(streams=told)
