"""What the buttons of the reminders' pages say, read from and written to the data of a press.

    W:streams/<streams>            remind me of these
    W:ticked/<weekdays>            show these days as chosen
    W:days/<weekdays>              on these days
    W:time/<minute>                at this minute of the day
    W:zone/<zone>                  by the clock of this zone, in lower case, "-" for "_"
    W:list  W:share                show a list of zones; ask for the place where one is
    W:anew/<asking>                say this anew
    W:change/<asking>/<streams>    say this anew of what the chat has
    W:yes/<stamp>                  do what is shown, if the stamp is still that of the draft
    W:cancel                       let go of it

<streams> is "exercise", "nutrition" or "both"; <weekdays> are ISO, such as 25, in order.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from functools import cache

from bot.reminders.draft import Asking
from bot.reminders.schedule import DAY_MINUTES
from bot.reminders.streams import Stream

_BOTH, _OPEN = "both", "open"
_LONGEST_PAUSE = 366
"""Days."""


def streams_code(streams: Sequence[Stream]) -> str:
    return _BOTH if len(streams) > 1 else streams[0].value


def streams_of(code: str) -> tuple[Stream, ...]:
    """None of them for a code that nobody has written."""
    if code == _BOTH:
        return tuple(Stream)
    return (Stream(code),) if code in tuple(Stream) else ()


def weekdays_code(weekdays: Sequence[int]) -> str:
    return "".join(map(str, weekdays))


def weekdays_of(code: str) -> tuple[int, ...] | None:
    """None for what are no weekdays in order; no day at all can be shown, but not chosen."""
    days = tuple(int(sign) for sign in code if sign in "1234567")
    return days if weekdays_code(days) == code and list(days) == sorted(set(days)) else None


def minute_of(code: str) -> int | None:
    return int(code) if code.isdecimal() and len(code) < 5 and int(code) < DAY_MINUTES else None


def zone_code(zone: str) -> str:
    return zone.lower().replace("_", "-")


def zone_of(code: str) -> str | None:
    return _zones().get(code)


def asking_of(code: str) -> Asking | None:
    return Asking(code) if code in tuple(Asking) else None


def pause_code(streams: Sequence[Stream], days: int | None) -> str:
    return f"{streams_code(streams)}/{_OPEN if days is None else days}"


def pause_of(code: str) -> tuple[tuple[Stream, ...], int | None] | None:
    """The streams, and for how many days; None for those is a pause without an end."""
    name, _, length = code.partition("/")
    streams = streams_of(name)
    if not streams:
        return None
    if length == _OPEN:
        return streams, None
    return (streams, int(length)) if length.isdecimal() and 0 < int(length[:4]) <= _LONGEST_PAUSE else None


def plans_code(plans: Sequence[tuple[Stream, Sequence[int]]]) -> str:
    return "/".join(f"{stream}/{weekdays_code(weekdays)}" for stream, weekdays in plans)


def plans_of(code: str) -> list[tuple[Stream, tuple[int, ...]]]:
    """Streams, each with its weekdays; empty for what cannot be read."""
    words = code.split("/")
    pairs = list(zip(words[::2], words[1::2], strict=False))
    plans = [(Stream(name), days) for name, code in pairs if name in tuple(Stream) and (days := weekdays_of(code))]
    return plans if 2 * len(plans) == len(words) else []


@cache
def _zones() -> dict[str, str]:
    return {zone_code(zone): zone for zone in zoneinfo.available_timezones()}
