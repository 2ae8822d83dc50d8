"""Our own words about reminders. HTML; none of them says anything about health."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.reminders.records import Mark, Standing
from bot.reminders.responses import Later, Response
from bot.reminders.streams import Stream
from bot.reminders.told import told_day, told_streams

# Under a reminder

DONE = "Done"
LATER = "Later"
NOT_THIS_WEEK = "Not this week"
WHY = "Why?"
SETTINGS = "Settings"
UNDO = "Undo"
BACK = "◀ Back"
GO_ON = "Yes, go on"
NO_MORE = "No, stop"
MARKED = {Mark.DONE: "✓ Done", Mark.SKIPPED: "✓ Not this week"}
_LATER = {Later.HOUR: "In an hour", Later.EVENING: "This evening", Later.TOMORROW: "Tomorrow"}
IN_THE_MORNING = "In the morning"
"""What an hour becomes if it would end late in the evening or at night."""
PUT_OFF = "I will send it once more: {when}."
RESPONSES = {
    Response.TOO_LATE: "That can no longer be changed: it was too long ago, or the next reminder is near.",
    Response.TWICE: "I have put this one off twice already. The next one comes at its usual time.",
    Response.OLD: "These buttons belong to a reminder that is over. /reminders shows what is planned now.",
}
"""What is said to a press that can do nothing any more."""
NO_CHOICE = "This one cannot be put off any more: the next reminder is near, or the plan has changed."
QUESTION = (
    "For three weeks you have not pressed anything under your {stream} reminders. That is quite all right. "
    "Would you like me to go on? If you do not answer, I send no more of them; /reminders starts them again whenever "
    "you like."
)
WENT_ON = "Gladly. Your {stream} reminders go on. Next: {when}."

# The page

PRIVATE_ONLY = (
    "Reminders are personal, so I send them in our private chat only and not into groups. Write to me there, for "
    "example “remind me to exercise every Tuesday at 7 pm”, or send me /reminders."
)
NONE_YET = (
    "<b>Reminders</b>\n"
    "If you like, I send you one reminder about exercise and one about nutrition each week, on days and at a time that "
    "you choose. Each brings a passage of the article, word for word. Nothing is sent before you have said yes, and "
    "you can stop at any time.\n\n"
    "Press a button, or write to me, for example “remind me to exercise every Tuesday at 7 pm”."
)
TITLE = "<b>Your reminders</b>"
NEXT = "Next: {when}"
PUT_OFF_UNTIL = "Paused. It comes again: {when}"
STANDING = {
    Standing.PAUSED: "Paused, until you press “Go on” or write “resume”.",
    Standing.ASKING: "Resting, since three weeks went by without an answer. Press “Go on” when you like.",
    Standing.BLOCKED: "Resting, since this chat was closed to me for a while. Press “Go on” when you like.",
}
SET_UP = {(Stream.EXERCISE,): "Exercise", (Stream.NUTRITION,): "Nutrition", tuple(Stream): "Both"}
ADD = "Set up {stream}"
CHANGE = "Change days, time or zone"
PAUSE = "Pause"
RESUME = "Go on"
STOP = "Stop {streams}"
HIGH_IMPACT = {True: "High-impact exercise: included", False: "High-impact exercise: left out"}
HOW = "How it works"
CHANGING = "<b>What shall be different?</b>\n{plans}"
CHANGE_DAYS = "{stream}: days"
CHANGE_TIME = "{stream}: time"
CHANGE_ZONE = "Time zone"
PAUSING = "For how long shall I be silent about {streams}? You can go on at any time before that."
PAUSE_FOR = ((7, "1 week"), (14, "2 weeks"), (28, "4 weeks"))
PAUSE_OPEN = "Until I say so"
PAUSE_ONLY = "Only {stream}"
HOW_IT_WORKS = (
    "<b>How the reminders work</b>\n"
    "• Each comes around the time that you choose: at most 15 minutes later, and every week by the same. So not all "
    "that I send is due in one second.\n"
    "• The time is that of the clock on your wall, in summer and winter. If you move, tell me your new time zone; the "
    "time of day stays.\n"
    "• Between 21:00 and 7:00 I send without a sound.\n"
    "• If I cannot send one for hours, I leave it out. I do not send it in the middle of the night.\n"
    "• <b>Done</b> and <b>Not this week</b> can be taken back for a day. <b>Later</b> brings it once more, at most "
    "twice. /progress shows your last twelve weeks.\n"
    "• If you press nothing for three weeks, I ask once whether to go on, and then I am silent.\n"
    "• I keep what you choose here, when I sent what, and what you pressed, for 400 days at most. /privacy tells more, "
    "/forgetme deletes it."
)
STOPPED = "Done: I no longer send you {streams} reminders. One that is just on its way may still arrive."
LESS = "Done: no reminder about {stream} on {days} any more. It still comes on {left}."
NOTHING_TO_STOP = "There is nothing to stop: I send you no reminders. /reminders sets some up, if you like."
NOT_ON_THAT_DAY = "None of your reminders comes on {days}, so nothing is changed. /reminders shows what is planned."
START_AGAIN = "Start again"
ON_AGAIN = "Good, it is as it was before."
PAUSED_UNTIL = "Done: I am silent about {streams} until {day}."
PAUSED_OPEN = "Done: I am silent about {streams} until you press “Go on” or write “resume”."
RESUMED = "Good, I go on."
NOTHING_RESTS = "Nothing is paused just now."

CAUTION = (
    "<b>High-impact exercise</b>\n"
    "Among the article's passages on exercise some are about high-impact exercise. I send those only to who has read "
    "what the article says about caution and wants them nevertheless. The article says:"
)
CAUTION_ASK = "The same words stand above each of these passages. Shall I include them?"
CAUTION_YES = "I have read it: include them"
CAUTION_NO = "Leave them out"
INCLUDED = "These passages are included now, each with the caution above it."
LEFT_OUT = "These passages are left out."

AFTER_BLOCK = (
    "Welcome back. While this chat was closed to me I sent no reminders. Would you like me to go on with those about "
    "{streams}?"
)

# Progress

PROGRESS_TITLE = "Your last 12 weeks"
PROGRESS_FILE = "osteon-progress.png"
NO_PROGRESS = (
    "There is nothing to show yet, since I have not sent you a reminder in the last twelve weeks. When I have, this "
    "shows week by week what you pressed. /reminders shows what is planned."
)


IF_REMINDERS = "If you meant my reminders: “stop reminders” ends them, and /reminders shows them."


def question(stream: Stream) -> str:
    """Sent once after three weeks without an answer."""
    return QUESTION.format(stream=stream)


def later(choice: Later, ends: datetime, now: datetime) -> str:
    """Both instants as the clock shows them where the person is."""
    at_once = choice == Later.HOUR and ends - now < timedelta(hours=2)
    told = _LATER[choice] if at_once or choice != Later.HOUR else IN_THE_MORNING
    return f"{told} ({ends:%H:%M})"


def paused(streams: Sequence[Stream], until: date | None) -> str:
    told = told_streams(streams)
    return PAUSED_UNTIL.format(streams=told, day=told_day(until)) if until else PAUSED_OPEN.format(streams=told)
