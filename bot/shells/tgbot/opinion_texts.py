"""Our own words about votes, letters to the author, and the list for the doctor. HTML; none is about health."""

from __future__ import annotations

from bot.shells.tgbot.texts import EMERGENCY

ADD = "For my doctor"
LETTER = "Send this question to the author"
PRIVATE_ONLY = "I only do this when we talk alone, so that others do not read it. Please ask me in a chat of our own."

LIKED = "Thank you. I am glad that this helped."
DISLIKED = "Thank you. It helps the author to know what was not good."
VOTE_TAKEN_BACK = "Thank you. Your vote is taken back."

LETTER_PREVIEW = (
    "This is what would be sent to the author of this bot, word for word:\n\n"
    "<blockquote>{text}</blockquote>\n"
    "Beside it will stand whether I answered, on which subject, and the day and time. Your name is not sent. "
    "It would be kept in my database, with the number of this chat so that you can take it back. The author, and "
    "whoever runs me, can read it there, to make me better. The author cannot write back: if you need an "
    "answer, please ask your doctor or pharmacist.\n\n"
    "Nothing is sent until you press <b>Send it</b>."
)
LETTER_CHANGED = f"You have changed your message in the meantime, so nothing was sent yet. {LETTER_PREVIEW}"
LETTER_SEND = "Send it"
LETTER_DO_NOT = "Do not send"
LETTER_NOT_SENT = "Nothing was sent, and I have kept nothing of it."
LETTER_SENT = (
    "Sent. Thank you. This is what the author can read now:\n\n"
    "<blockquote>{text}</blockquote>\n"
    "If you change your mind, press <b>Take it back</b>, now or later. /forgetme takes it back too."
)
LETTER_BACK = "Take it back"
LETTER_TAKEN_BACK = "Taken back: it is deleted from my database, and the author can no longer open it there."
LETTERS_ENOUGH = (
    "Thank you for your patience with me. You have sent so many questions since yesterday that I cannot pass on more "
    "today. This one was not sent; you are welcome to try again tomorrow."
)
LETTER_TOO_LONG = (
    "Your message is too long for me to pass on: it has {characters} letters, and I can send {most}. Nothing was sent. "
    "You could ask me again in fewer words and press the button under my new reply."
)
LETTER_NO_WORDS = (
    "I do not have your words: I do not keep what people write, and your message is no longer there or there was none. "
    "Nothing was sent. If you would like to send a question, please write it to me once more; the button is then under "
    "my reply."
)

MOST_QUESTIONS = 50
"""On one list. Named in a text."""
VISIT_ADDED = (
    "It is on your list of questions for the doctor now:\n\n<blockquote>{text}</blockquote>\n"
    "I keep this text until you delete it there. /visit shows the list at any time."
)
VISIT_THERE = (
    "This is on your list of questions for the doctor already:\n\n<blockquote>{text}</blockquote>\n"
    "/visit shows the list at any time."
)
VISIT_FULL = (
    f"Your list has {MOST_QUESTIONS} questions, and I cannot keep more. This one was not added. You can delete some "
    "that you no longer need."
)
VISIT_NO_WORDS = (
    "I do not have your words: I do not keep what people write, and your message is no longer there. Nothing was "
    "added. If you write your question to me once more, you can put it on your list from there."
)
VISIT_SHOW = "Show my list"
VISIT = (
    "<b>Your questions for the doctor</b>\n\n{questions}\n\n"
    "<b>Print</b> sends you a sheet with large letters and room to write. I keep this list until you delete it."
)
VISIT_DELETING = "<b>Which question shall I delete?</b>\n\n{questions}"
VISIT_EMPTY = (
    "Your list of questions for the doctor is empty. To put something on it, press <b>For my doctor</b> under one of "
    f"my replies. You can print the list and take it with you.\n\n{EMERGENCY}"
)
VISIT_CLEAR = "Shall I delete {count} on your list? I cannot get them back."
VISIT_CLEARED = "Done: your list of questions for the doctor is deleted."
VISIT_PRINT = "Print"
VISIT_DELETE_ONE = "Delete one …"
VISIT_DELETE_ALL = "Delete all"
VISIT_DELETE_YES = "Yes, delete all"
VISIT_KEEP = "Keep them"
VISIT_BACK = "↩ Back to the list"
VISIT_FILE = "questions-for-my-doctor.html"
VISIT_FILE_SAYS = (
    "Your questions, to print and take with you. Open the file, and choose Print in the menu of the program that shows "
    "it. Somebody with a printer can do it for you if you pass the file on; it holds your questions."
)

SHEET_TITLE = "Questions for my doctor"
SHEET_BLANKS = ("Name", "Date of the visit", "Doctor")
SHEET_ABOUT = "On this: {title}"
SHEET_ARTICLE = "What the article says ({level} version)"
SHEET_NO_ANSWER = "The article did not answer this."
SHEET_NOTES = "What my doctor says"
SHEET_FOOT = (
    "Written with Osteon, a small program that quotes one article on bone health during SERM therapy, word for word. "
    "It is not a doctor, and what it quotes is general and may not suit you. Please ask your doctor."
)


def delete_number(number: int) -> str:
    return f"Delete {number}"


def how_many(count: int) -> str:
    return "the one question" if count == 1 else f"all {count} questions"
