"""Deep links: t.me/<bot>?start=<payload> opens the chat with an answer.

Telegram allows A-Z, a-z, 0-9, _ and - in a payload. Ids of intents hold no "_", so "/" becomes "__" and back.
"""

from __future__ import annotations

from bot.dialogue.knowledge import Knowledge

ASK = "ask"
"""The payload of a link that opens the chat with the greeting, as if there were none."""


def link_to(username: str, target: str = "") -> str:
    """The address that opens the chat, with the answer to an intent or the first one of a topic."""
    payload = payload_of(target)
    return f"https://t.me/{username}?start={payload}" if payload else f"https://t.me/{username}"


def payload_of(intent_id: str) -> str:
    return intent_id.replace("/", "__")


def intent_of(payload: str, know: Knowledge) -> str | None:
    """The intent that a payload names; the payload may also be a topic, which stands for its first intent."""
    wanted = payload.replace("__", "/")
    if wanted in know.intents:
        return wanted
    topic = know.catalogue.topics.get(wanted)
    return topic.intents[0].id if topic else None
