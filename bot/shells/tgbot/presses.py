"""What a button says when it is pressed. Telegram keeps it with the message, so it must still be read years later.

    a:<intent>               answer it
    d:<level>:<intent>       show it at this level instead, and keep to the level
    s:<level>:<intent>       where it stands in the article, and the reading list
    m:<level>:<seen>:<intent>   go on after so many excerpts
    t:  o:                   all themes, in place of this message or as a new one
    v:<level>:               all themes, at this level from now on
    h:<theme>  w:<theme>     the topics of a theme, in place or as a new message
    p:<topic>                the intents of a topic
    l:<level>:               the level from now on
    g:  g:<passage>          the glossary, or one of its terms
    i:<picture>              send the picture
    f:  k:                   delete all that is stored of this chat, or keep it
    u:<level>:<intent>       like the answer above, or without an intent the refusal; u:<level>:1:<intent> no longer
    n:<level>:<intent>       dislike it; n:<level>:1:<intent> no longer
    q:<level>:<intent>       show what would be sent to the author of the question answered, or refused, above
    y:<level>:<intent>       send what is shown above
    r:<letter>  r:           take a sent letter back, or send nothing
    b:<level>:<intent>       put the question on the list for the doctor
    e:  e:delete             that list, or the same with a button to delete each
    c:<question>             delete a question of that list
    x:                       that list as a sheet to print
    z:  z:yes                ask whether to delete the whole list, or delete it

Capital letters are the reminders'. <part> names one message of a subscription, as <subscription>/<unix time>/<part>.

    D:<part>  K:<part>       done, or not this week
    U:<part>                 take that back
    L:<part>  B:<part>       for how long it can be put off, or the first buttons again
    L:<part>/<later>         put it off
    Y:<part>                 tell more
    G:<part>  N:<part>       yes, go on; no, stop: under the question after weeks without an answer
    S:                       the page of the chat's reminders, as a new message
    R:  R:<page>             that page in place of this message, or one of the pages behind it
    P:<streams>/<days>       pause; without days until the person goes on
    C:<streams>              go on
    X:<streams>              stop
    A:<stream>/<weekdays>    start again, as it was before, on those days; several such pairs may follow each other
    H:yes  H:no              with the passages on high-impact exercise, or without
    W:<choice>               a choice while reminders are set up; see reminder_presses.py

A letter never changes its meaning. A new meaning takes a new letter, and a letter nobody knows any more is stale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from telegram.constants import InlineKeyboardButtonLimit

from bot.corpus.models import Tier

MOST_BYTES = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)


class Kind(StrEnum):
    ANSWER = "a"
    AT_LEVEL = "d"
    SOURCES = "s"
    MORE = "m"
    THEMES = "t"
    THEMES_ANEW = "o"
    THEMES_AT_LEVEL = "v"
    THEME = "h"
    THEME_ANEW = "w"
    TOPIC = "p"
    LEVEL = "l"
    GLOSSARY = "g"
    PICTURE = "i"
    FORGET = "f"
    KEEP = "k"
    LIKE = "u"
    DISLIKE = "n"
    LETTER = "q"
    SEND = "y"
    TAKE_BACK = "r"
    ADD = "b"
    LIST = "e"
    DELETE = "c"
    PRINT = "x"
    CLEAR = "z"
    DONE = "D"
    SKIP = "K"
    UNMARK = "U"
    LATER = "L"
    NOT_LATER = "B"
    WHY = "Y"
    GO_ON = "G"
    NO_MORE = "N"
    REMINDERS_ANEW = "S"
    REMINDERS = "R"
    PAUSE = "P"
    RESUME = "C"
    STOP = "X"
    START_AGAIN = "A"
    HIGH_IMPACT = "H"
    SET_UP = "W"


@dataclass(frozen=True)
class Press:
    kind: Kind
    target: str = ""
    """The id of an intent, a theme, a topic, a passage or a picture, or the number of a row."""
    level: Tier | None = None
    seen: int = 0
    """Excerpts; of a vote, 1 if it is taken back."""

    def encode(self) -> str:
        level = f"{self.level}:" if self.level else ""
        seen = f"{self.seen}:" if self.kind == Kind.MORE or self.seen else ""
        return f"{self.kind}:{level}{seen}{self.target}"


_PRESS = re.compile(
    rf"(?P<kind>[{''.join(Kind)}]):(?:(?P<level>{'|'.join(Tier)}):)?(?:(?P<seen>\d{{1,4}}):)?(?P<target>[a-z0-9/-]*)"
)


def decode(data: str) -> Press | None:
    """None for what no version of this bot has written, or none that still runs."""
    found = _PRESS.fullmatch(data)
    if not found:
        return None
    level = Tier(found["level"]) if found["level"] else None
    return Press(Kind(found["kind"]), found["target"], level, int(found["seen"] or 0))
