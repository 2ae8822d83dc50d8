"""What a person wants of the reminders, as far as it is known. Nothing of it counts before it is confirmed.

A draft asks for what is missing, one thing after another; or for what the person has said to be different.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.reminders.command import Action
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream

ANSWERED_WITHIN = timedelta(hours=1)
"""Since it was last changed; what comes later is no answer to it any more."""
KEPT_FOR = timedelta(days=1)
"""So long a late "yes" is told that nothing has come of it."""


class Asking(StrEnum):
    """What is to be said next, in this order."""

    STREAMS = "streams"
    WEEKDAYS = "weekdays"
    TIME = "time"
    ZONE = "zone"
    UNTIL = "until"
    """How long to pause."""
    DIFFERENT = "different"
    """Which part is to be said anew."""
    CONFIRM = "confirm"


@dataclass(frozen=True)
class Plan:
    """What is wanted of one stream."""

    stream: Stream
    weekdays: tuple[int, ...] = ()
    """ISO, in order; empty: not said yet."""
    minute: int | None = None
    """Of the day."""


@dataclass(frozen=True)
class Draft:
    action: Action
    """SUBSCRIBE, CHANGE, PAUSE or RESUME."""
    plans: tuple[Plan, ...] = ()
    """At most one for each stream."""
    zone: str | None = None
    zone_is_known: bool = False
    """Whether the zone is that of an earlier plan, and was not said for this one."""
    until: date | None = None
    is_open: bool = False
    """Whether a pause has no end."""
    anew: Asking | None = None
    """What the person wants to say again."""
    minutes: tuple[int, ...] = ()
    """Times of day to choose from, if what was said left several."""
    zones: tuple[str, ...] = ()
    """Zones to choose from."""
    has_keyboard: bool = False
    """Whether a keyboard stands in the chat that has to be put away."""
    is_left: bool = False
    """Whether something else was talked about since it was shown, which a "yes" may be meant for."""

    @property
    def asks(self) -> Asking:
        if self.anew:
            return self.anew
        if self.action in (Action.PAUSE, Action.RESUME):
            is_said = self.action is Action.RESUME or self.until or self.is_open
            return Asking.CONFIRM if is_said else Asking.UNTIL
        return self._missing()

    @property
    def streams(self) -> tuple[Stream, ...]:
        return tuple(plan.stream for plan in self.plans)

    @property
    def stamp(self) -> str:
        """Short, and another one as soon as something else would be confirmed."""
        what = (self.action, self.plans, self.zone, self.until, self.is_open)
        return f"{zlib.crc32(repr(what).encode()):08x}"

    def schedule_of(self, plan: Plan) -> Schedule:
        """Raises TypeError while something is missing."""
        if plan.minute is None or self.zone is None:
            raise TypeError("the draft is not complete")
        return Schedule(plan.weekdays, plan.minute, self.zone)

    def _missing(self) -> Asking:
        if not self.plans:
            return Asking.STREAMS
        if not all(plan.weekdays for plan in self.plans):
            return Asking.WEEKDAYS
        if self.minutes or any(plan.minute is None for plan in self.plans):
            return Asking.TIME
        return Asking.CONFIRM if self.zone else Asking.ZONE


def with_streams(draft: Draft, streams: tuple[Stream, ...]) -> Draft:
    """What was said of a stream that stays is kept; a new one takes over what the others have in common."""
    known = {plan.stream: plan for plan in draft.plans}
    first = draft.plans[0] if draft.plans else Plan(Stream.EXERCISE)
    plans = tuple(known.get(stream, replace(first, stream=stream)) for stream in streams)
    return replace(draft, plans=plans, anew=None)


def with_weekdays(draft: Draft, weekdays: tuple[int, ...]) -> Draft:
    """These for the plans that lack them, or for all if none does."""
    lacking = [plan for plan in draft.plans if not plan.weekdays] or draft.plans
    plans = tuple(replace(plan, weekdays=weekdays) if plan in lacking else plan for plan in draft.plans)
    return replace(draft, plans=plans, anew=_left(draft, Asking.WEEKDAYS))


def without_weekdays(draft: Draft) -> Draft:
    """So that the next ones count for all plans."""
    return replace(draft, plans=tuple(replace(plan, weekdays=()) for plan in draft.plans))


def without_minutes(draft: Draft) -> Draft:
    """So that the next one counts for all plans."""
    return replace(draft, plans=tuple(replace(plan, minute=None) for plan in draft.plans))


def with_minute(draft: Draft, minute: int) -> Draft:
    """This for the plans that lack one, or for all if none does."""
    lacking = [plan for plan in draft.plans if plan.minute is None] or draft.plans
    plans = tuple(replace(plan, minute=minute) if plan in lacking else plan for plan in draft.plans)
    return replace(draft, plans=plans, minutes=(), anew=_left(draft, Asking.TIME))


def with_minutes(draft: Draft, minutes: tuple[int, ...]) -> Draft:
    """The one that was said; or one of several, which is then asked."""
    return with_minute(draft, minutes[0]) if len(minutes) == 1 else replace(draft, minutes=minutes)


def with_zone(draft: Draft, zone: str) -> Draft:
    return replace(draft, zone=zone, zone_is_known=False, zones=(), anew=None)


def with_zones(draft: Draft, zones: tuple[str, ...], *, ask: bool) -> Draft:
    """The likeliest; or one of several, which is then asked."""
    if not zones:
        return replace(draft, zones=(), anew=Asking.ZONE)
    return replace(draft, zones=zones, anew=Asking.ZONE) if ask else with_zone(draft, zones[0])


def with_until(draft: Draft, until: date | None) -> Draft:
    return replace(draft, until=until, is_open=until is None, anew=None)


def asking_anew(draft: Draft, what: Asking) -> Draft:
    """Asking for the confirmation is to leave all as it is."""
    return replace(draft, anew=None if what == Asking.CONFIRM else what, minutes=(), zones=())


def _left(draft: Draft, answered: Asking) -> Asking | None:
    """What is still to be said anew."""
    return None if draft.anew in (answered, Asking.DIFFERENT) else draft.anew
