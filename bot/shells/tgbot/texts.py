"""Our own words on Telegram, beside those of the dialogue. HTML; none of them says anything about health."""

from __future__ import annotations

from bot.corpus.models import Tier

EMERGENCY = "In an emergency please call 112, 911, 999 or your local emergency number; I cannot help there."

START = (
    "Hello, and welcome. My name is Osteon. I am a small program that answers questions about bone health while "
    "taking a SERM such as raloxifene.\n\n"
    "Everything I tell you comes from one article. I quote it word for word and say where each passage stands, so that "
    "you can check it. When the article does not cover something, I tell you so.\n\n"
    "I am not a doctor and cannot replace yours: please take questions about your own treatment to your doctor or "
    f"pharmacist. {EMERGENCY}\n\n"
    "Just write your question in your own words, or choose a subject below. There are no foolish questions.\n\n"
    "If you like, I remind you every week of exercise or nutrition: /reminders. In any chat you can also write "
    "@{name} and a word, and choose a passage to show to others."
)
UNKNOWN_LINK = (
    "The link you followed points to something I no longer have, or was cut short on its way. That is no trouble: "
    "write your question in your own words, or choose a subject below."
)
HELP = (
    "Write to me as you would to a person, for example:\n"
    "“What does vitamin K2 do?”\n“Which exercises help my bones?”\n“Why do bones get thinner after menopause?”\n\n"
    "I answer with the article's own words. Under an answer you can press <b>Simpler</b> or <b>Deeper</b> to read the "
    "same in another version of the article, and <b>Sources</b> to see the whole passage and what the article "
    "lists for further reading. You can also simply write “simpler”, “more” or “why?”.\n\n"
    "/topics – all subjects, to choose from\n"
    "/level – how simple or scientific I answer\n"
    "/pictures – parts of the article to look at\n"
    "/glossary – what the article's terms mean\n"
    "/references – the article's reading list\n"
    "/visit – your questions for the doctor, to print\n"
    "/reminders – weekly reminders of exercise and nutrition; you can also write “remind me to exercise every Tuesday "
    "at 7 pm”, “pause for two weeks” or “stop”\n"
    "/progress – your last weeks with reminders, as a picture\n"
    "/privacy – what I remember of our conversation, how to see it and how to delete it\n\n"
    "<b>In any chat</b> write @{name} and a word, such as “k2”, and choose a passage to show to others there.\n"
    "<b>In a group</b> I answer who names me, replies to me, or writes /ask and a question. If you correct a question, "
    "I correct my answer.\n\n"
    f"I am not a doctor and know nothing but this article. {EMERGENCY}"
)
PRIVACY = (
    "<b>What I remember.</b> For each chat, in one row of my database:\n"
    "• the number that Telegram gives the chat\n"
    "• the level you read at\n"
    "• the last six subjects I answered, by short labels (such as vitamin-k2/role), not by your words\n"
    "• which passages I showed on the last one, and which subjects I offered on buttons, by such labels too\n"
    "• how many questions in a row I could not answer\n"
    "• when that last changed\n"
    "For two days I also keep the numbers that Telegram gives your questions and my answers, so that I can correct an "
    "answer when you correct the question.\n\n"
    "<b>Why.</b> So that “more”, “simpler”, “why?” or “and magnesium?” go on from where we were, after a pause or a "
    "restart too. I use it for nothing else and pass it to nobody; whoever runs me can read the database. Which "
    "subjects a person asks about may say something about their health, so I keep no more than this, unless "
    "you ask me to by a button.\n\n"
    "<b>What I keep for a moment.</b> Each message as Telegram sends it to me, until I have answered it: so that none "
    "is lost when my computer fails in between. Then its text is deleted; its number, the chat's, and when it came and "
    "was answered stay for about two days, so that I do not answer it twice.\n\n"
    "<b>What I keep if you press a button.</b>\n"
    "• 👍 or 👎: the number of my reply, its subject by its name in my files, its level, whether I could answer, your "
    "vote and when. The author sees how often each subject was liked. Press the ticked one again to take it back.\n"
    "• “Send this question to the author”: the text that I show you first, whether I answered, on which subject, and "
    "when. The author and whoever runs me can read it, to make me better, until you take it back or the author deletes "
    "it.\n"
    "• “For my doctor”: the text of your question, the subject and level of my answer, and when, so that /visit can "
    "show and print the list, until you delete it there.\n"
    "• /reminders, after you said yes: what you chose (exercise or nutrition, days, time, time zone, pauses, whether "
    "high-impact exercise is included), when the next one is due, and since when none was answered. For each one sent: "
    "when, the passage it showed, its message number, what you pressed and when; that is deleted after 400 days. While "
    "you set one up: what you have chosen so far, which counts for an hour and is deleted after a day. If you share "
    "where you are, I keep the time zone only.\n\n"
    "<b>What I do not keep.</b> The text of your other messages once they are answered, your name, your telephone "
    "number. "
    "They are written to no log. My log holds chat numbers and errors.\n\n"
    "<b>How long.</b> Until you send /forgetme, which deletes all of it at once. Then only a code made from the chat's "
    "number and the time stay, so that a backup cannot bring you back. /mydata sends you all rows as they are "
    "stored.\n\n"
    "<b>Telegram</b> itself keeps our chat under its own rules. You can delete the chat in your app."
)
MY_DATA = (
    "This is all that I have stored about this chat, exactly as it stands in my database. /privacy says what it is "
    "for, /forgetme deletes it. The message that you have just sent is in it, since I keep each message until I have "
    "answered it; its text is deleted now."
)
MY_DATA_FILE = "osteon-my-data.json"
FORGET = (
    "Shall I delete everything I have stored about this chat? I then no longer know your level or what we last spoke "
    "about, and cannot get it back. Your reminders, your list for the doctor and the questions you sent to the author "
    "are deleted too. The messages in this chat stay: those you can delete in Telegram."
)
FORGET_YES = "Delete everything"
FORGET_NO = "Keep"
FORGOTTEN = (
    "Done: I have deleted everything I had stored about this chat. If you write to me again, we begin anew, at the "
    "Fundamentals level."
)
KEPT = "Nothing was deleted."
REFERENCES = (
    "This is the article's reading list, as it stands at its end. The article does not tie these works to single "
    "sentences, so I do not give any of them as the source of one."
)
PICTURES = (
    "These pictures show parts of the article in its own words. Press one to see it. What it shows stands below it as "
    "text too."
)
GLOSSARY = "These are the terms that the article explains in so many words. Press one to read its definition."
LEVEL = (
    "The article tells the same story three times. I am answering from the version marked with a tick.\n\n"
    "<b>Fundamentals</b> – in plain words\n"
    "<b>Intermediate</b> – in more detail\n"
    "<b>Academic</b> – in the language of science\n\n"
    "Press another one to change it. You can also write “simpler” or “more scientific” at any time."
)
TOPICS = (
    "These are the subjects of the article. I answer from its <b>{level}</b> version where it can; press another "
    "version to read that one instead."
)
THEME = "<b>{theme}</b>\nWhat would you like to know about?"
TOPIC = "<b>{topic}</b>\nPress a question, or write your own."
ELSEWHERE = "Where a button names a version of the article, only that one speaks of it."
FAILED = (
    "I am sorry, something went wrong on my side and I could not answer. Please try once more in a moment. "
    "If this is an emergency, do not wait for me: call 112, 911, 999 or your local emergency number."
)
TOO_OLD = "I can no longer change that message, so here it is anew."

COMMANDS = (
    ("start", "Who I am, and where to begin"),
    ("topics", "Choose a subject"),
    ("level", "How simple or scientific I answer"),
    ("glossary", "What the article's terms mean"),
    ("pictures", "Parts of the article to look at"),
    ("references", "The article's reading list"),
    ("reminders", "Weekly reminders of exercise and nutrition"),
    ("progress", "Your last weeks with reminders"),
    ("visit", "Your questions for the doctor, to print"),
    ("ask", "Ask a question, such as /ask What does vitamin K2 do?"),
    ("help", "How to ask"),
    ("privacy", "What I remember, and what not"),
    ("mydata", "All I have stored about this chat, as a file"),
    ("forgetme", "Delete all I have stored about this chat"),
)
"""As Telegram lists them in the menu, the most useful ones first."""
_IN_GROUPS = ("ask", "topics", "level", "help", "privacy")
GROUP_COMMANDS = tuple((name, says) for wanted in _IN_GROUPS for name, says in COMMANDS if name == wanted)
"""The menu in groups. The others are known there too."""

ASK = "What would you like to know? Write /ask and then your question, for example: /ask What does vitamin K2 do?"
ASK_IN_CHAT = "Nothing found. Ask me in a chat"
ASK_OSTEON = "Ask Osteon"
GET_HELP = "This may be an emergency: please get help now"
ADMINISTRATORS_ONLY = (
    "What I have stored here belongs to the whole group, so only its administrators can delete it, and I could not "
    "make out that you are one. Please ask one of them to send /forgetme."
)

_NO_TEXT = f"Please write me your question as text. {EMERGENCY}"
NOT_TEXT = (
    ("voice", f"I am sorry, I can only read text and cannot listen to voice messages. {_NO_TEXT}"),
    ("audio", f"I am sorry, I can only read text and cannot listen to recordings. {_NO_TEXT}"),
    ("video_note", f"I am sorry, I can only read text and cannot watch video messages. {_NO_TEXT}"),
    ("video", f"I am sorry, I can only read text and cannot watch videos. {_NO_TEXT}"),
    ("animation", "I can only read text, so I cannot see what that shows. Do you have a question about bone health?"),
    ("photo", f"I am sorry, I can only read text and cannot see pictures. {_NO_TEXT}"),
    ("document", f"I am sorry, I can only read text and cannot open files. {_NO_TEXT}"),
    (
        "sticker",
        "Thank you. I can only read text, so stickers are lost on me. Do you have a question about bone health?",
    ),
    ("location", f"I can only read text and cannot use a location. {_NO_TEXT}"),
    ("venue", f"I can only read text and cannot use a location. {_NO_TEXT}"),
    ("contact", "I can only read text, and I do not keep contacts. Do you have a question about bone health?"),
    ("poll", "I can only read text, so I cannot take part in polls. Do you have a question about bone health?"),
)
"""By the attribute of the message, the more special first: an animation is a document too, a venue a location."""
NOTHING_I_READ = "I can only read text. Do you have a question about bone health?"


def level_toast(level: Tier) -> str:
    return f"{level.label} version"


def group_hello(name: str) -> str:
    return (
        f"Hello, I am Osteon. I answer questions about bone health while taking a SERM such as raloxifene, from one "
        f"article and word for word. Name me in a question (@{name} what does vitamin K2 do?), reply to me, or write "
        f"/ask and your question; to everything else I am silent. I am not a doctor. {EMERGENCY}"
    )


def copy(label: str) -> str:
    return f"Copy {label}"
