"""Every sentence of our own that a person can read in a reply. None of them says anything about health.

The urgent texts send people to help and nothing else; they are fixed, so that they can be checked once and for all.
"""

from bot.corpus.models import Tier
from bot.matching.intents import Guard

URGENT = (
    "This may be an emergency, and I cannot help with one: please get medical help now.\n"
    "Call 112 (Europe), 911 (North America), 999 (UK) or your local emergency number, or ask someone near you to call."
    "\n"
    "Do not wait for an answer from me. If you can, stay with someone you trust until help arrives."
)
SELF_HARM = (
    "I am very glad you wrote this down. I am only a program, and you deserve a person to talk to, now.\n"
    "If you might act on these thoughts, or already have, please call 112, 911, 999 or your local emergency number.\n"
    "You can also call or text 988 in the US and Canada, or 116 123 in the UK, Ireland and much of Europe, day and "
    "night; findahelpline.com lists lines in other countries. If someone you trust is near, please tell them."
)
AWAY = "I was out of reach for a while, so this comes late; I am sorry."
ASK_AGAIN = (
    "I have not answered what you wrote in between. If you would still like to know, press a question below, or write "
    "it again. If you need help now, call 112, 911, 999 or your local emergency number."
)
HELP_FIRST = (
    "If you or someone with you feels very ill right now, please call 112, 911, 999 or your local emergency number "
    "first. I cannot help in an emergency. Otherwise read on."
)
ENGLISH_ONLY = (
    "I am sorry, I understand English only, because the article is in English and I quote it word for word. "
    "The article does not cover other languages, so please ask me in English. In an emergency call 112, 911, 999 or "
    "your local emergency number."
)
NOT_UNDERSTOOD = (
    "I could not make out a question there, and found nothing in the article that fits. "
    "Could you put it in other words?"
)
NOT_COVERED = "The article does not cover that, so I cannot answer it."
ASK_SOMEONE = "If it is about your health, your doctor or pharmacist is the right person to ask."
ASK_A_PROFESSIONAL = "Please ask your doctor or pharmacist; they know you and your medicines."
GUARDED = {
    Guard.DOSE: "how much to take or do, or how and when",
    Guard.SIDE_EFFECT: "side effects and risks",
    Guard.INTERACTION: "which medicines, supplements and foods go together",
    Guard.PREGNANCY: "pregnancy and breastfeeding",
    Guard.TREATMENT_CHANGE: "choosing, changing or stopping a treatment",
    Guard.SHOULD_I_TAKE: "what is right for one person",
}
"""What a guard stands for, where none of its subjects fits closely. Completes "The article does not cover …"."""
NEAREST = "You can ask me about these instead:"
SEE_TOPICS = "Send /topics to see all that the article covers."
DID_YOU_MEAN = "I am not sure what you mean. Did you mean one of these?"
NOTHING_BEFORE = "I have not answered anything yet, so I cannot go on with it. What would you like to know?"
NOTHING_EARLIER = "There is no earlier answer to go back to. You could go on with one of these."
MISTAKEN = "I am sorry, I took that wrongly. Could you put it in other words, or did you mean one of these?"
WHAT_NEXT = "Gladly. What would you like to know?"
NO_MORE = "That is all the article says on this. You could go on with one of these."
TWO_ANSWERS = "Your question touches two subjects. Here are both."
UNKNOWN_COMMAND = "I do not know that command. /help lists the ones I know, and you can simply ask in your own words."
ALREADY_SIMPLEST = "This is the simplest version of the article that speaks of it."
ALREADY_DEEPEST = "This is the deepest version of the article that speaks of it."
SAME_AGAIN = "The article has nothing else on this at that level, so here it is again."
PLACE = "This is where it stands in the article, with all of the paragraph around it."
READING = (
    "The article lists these works for further reading on the subject. It does not tie them to single sentences, so "
    "they are not given as the source of this one."
)
STALE = (
    "That button is from an older version of me and no longer fits. "
    "Please ask again in your own words, or send /topics."
)


def other_tier(level: Tier, shown: Tier) -> str:
    return f"The {level.label} part of the article does not speak of this. These words are from the {shown.label} part."


def more_from(shown: Tier) -> str:
    return f"The {shown.label} part of the article says more."


def level_set(level: Tier) -> str:
    return f"Very well, from now on I answer from the {level.label} part of the article. What would you like to know?"


def not_covered(about: str) -> str:
    return f"The article does not cover {about}."


def not_mentioned(name: str) -> str:
    return f"The article does not mention “{name}”."


def places(count: int) -> str:
    number = "Two" if count == 2 else "Three"
    return f"{number} places in the article may fit your question."
