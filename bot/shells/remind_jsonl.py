"""What people say of reminders as JSON lines in, what was understood as JSON lines out: for measuring.

It is the code that people on Telegram meet, without the confirmation that they see. The three kinds of lines: a text, a
place, and a schedule with an instant.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from pydantic import AwareDatetime, BaseModel, ConfigDict, FiniteFloat, TypeAdapter, ValidationError

from bot.reminders.gazetteer import Gazetteer
from bot.reminders.homes import home_in
from bot.reminders.schedule import Schedule, next_occurrence
from bot.reminders.told import told_time
from bot.reminders.wording import NOTHING, Command, understand
from bot.reminders.words import ReminderWords
from bot.reminders.zones import find_zones

SHAPE = (
    '{"id": …, "text": …} or {"id": …, "place": …} or {"id": …, "zone": …, "weekday": 1-7, "time": "19:00", "after": …}'
)

Id = str | int | FiniteFloat
_INSTANT: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)


class _Line(BaseModel):
    """Keys that are not known here are passed over, so that labelled lines can be asked as they are."""

    model_config = ConfigDict(strict=True)

    id: Id
    text: str | None = None
    now: str | None = None
    place: str | None = None
    zone: str | None = None
    weekday: int | None = None
    time: str | None = None
    after: str | None = None


class RemindLines:
    """`gazetteer` is called when a line first names a place: it takes a while."""

    def __init__(self, words: ReminderWords, gazetteer: Callable[[], Gazetteer]) -> None:
        self._words = words
        self._load = gazetteer

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return self._load()

    def answer(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield one line for each line; one that cannot be read gets an error, and the rest goes on."""
        for line in lines:
            id_, fields = None, {}
            try:
                data = _parsed(line)
                id_ = _id_of(data)
                fields = self._answer(_checked(data))
            except ValueError as error:
                fields = {"error": f"I cannot read this line: {error}. A line is {SHAPE}."}
            yield _dumped({"id": id_, **fields})

    def _answer(self, line: _Line) -> dict[str, Any]:
        if [line.text is None, line.place is None, line.weekday is None].count(False) != 1:
            raise ValueError('it needs one of "text", "place" and "weekday"')
        if line.text is not None:
            return self._understood(line.text, _instant(line.now) if line.now else datetime.now(UTC))
        if line.place is not None:
            found = find_zones(line.place, self._gazetteer)
            return {"zones": list(found.zones), "ask": found.ask}
        return {"next": _next_three(line)}

    def _understood(self, text: str, now: datetime) -> dict[str, Any]:
        command = understand(text, self._words, now.date())
        if command == NOTHING:
            command = home_in(text, lambda: self._gazetteer) or command
        fields = self._fields(command)
        if command.also:
            fields["also"] = [self._fields(other) for other in command.also]
        return fields

    def _fields(self, command: Command) -> dict[str, Any]:
        place = find_zones(command.place, self._gazetteer) if command.place else None
        return {
            "action": command.action.value,
            "streams": [stream.value for stream in command.streams],
            "weekdays": list(command.weekdays) if command.weekdays else None,
            "time": None if command.minute is None else told_time(command.minute),
            "zone": place.zones[0] if place and place.zones else None,
            "until": command.until.isoformat() if command.until else None,
            **({"reason": command.reason.value} if command.reason else {}),
        }


def _next_three(line: _Line) -> list[str]:
    if line.zone is None or line.weekday is None or line.time is None or line.after is None:
        raise ValueError('"zone", "weekday", "time" and "after" belong together')
    schedule = Schedule((line.weekday,), _minute(line.time), line.zone)
    due, at = [], _instant(line.after)
    try:
        for _ in range(3):
            at = next_occurrence(schedule, after=at)
            due.append(f"{at:%Y-%m-%dT%H:%M:%SZ}")
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f'"{line.zone}" is no zone of the IANA database, such as "Europe/London"') from error
    except OverflowError as error:
        raise ValueError("the calendar ends before that") from error
    return due


def _minute(time: str) -> int:
    hour, _, minute = time.partition(":")
    if not (hour.isascii() and hour.isdigit() and len(minute) == 2 and minute.isascii() and minute.isdigit()):
        raise ValueError(f'"time" is "{time}"; it must be like "19:00"')
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError(f'"time" is "{time}"; it must be from "00:00" to "23:59"')
    return int(hour) * 60 + int(minute)


def _instant(text: str) -> datetime:
    try:
        return _INSTANT.validate_strings(text)
    except ValidationError as error:
        raise ValueError(f'"{text}" is no instant with a zone, such as "2026-11-26T09:00:00Z"') from error


def _parsed(line: str) -> dict[str, Any]:
    try:
        data = json.loads(line.removeprefix("\ufeff"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no JSON ({error.msg}, character {error.pos + 1})") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(data, dict):
        raise ValueError("it is no JSON object")
    return data


def _checked(data: dict[str, Any]) -> _Line:
    try:
        return _Line.model_validate(data)
    except ValidationError as error:
        detail = error.errors()[0]
        raise ValueError(f'"{detail["loc"][0]}": {detail["msg"]}') from error


def _id_of(data: dict[str, Any]) -> Id | None:
    given = data.get("id")
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return None
    return None if isinstance(given, float) and given - given != 0 else given


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _dumped(fields: dict[str, Any]) -> str:
    """As JSON that can be written as UTF-8: the half of a surrogate pair, which cannot, becomes an escape."""
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")
