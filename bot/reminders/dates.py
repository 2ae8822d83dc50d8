"""Ends and single days: "until 3 March", "for two weeks", "till next monday", "tomorrow"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.reminders.words import ReminderWords, any_of

_UNTIL = r"(?:until|untill|untl|till|til|'til|up to|upto|before|through|thru|bis|unto)"
_NOT_THEN = "skip|miss|pause|not|no|just|only|stop|off|leave|for|hold|cancel|without|mute|snooze|nothing|none|silence"
_RESTS = "pause|mute|snooze|hold|silence|suspend|freeze|quiet|off|break"
_STARTS = r"(?<!starting )(?<!beginning )(?<!from )(?<!since )(?<!as of )(?<!start )(?<!commencing )"
"""What a day that comes but once does not follow."""
_SOON = (
    "next week|next month|next year|"
    "tomorrow|tmrw|tomorow|tommorow|tommorrow|overmorrow|today|tonight|this evening|this afternoon|this morning|"
    "(?:the )?day after tomorrow"
)
_LENGTHS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}


class Dates:
    """Finds dates in a plain text, as seen from one day. Numbers are read day first, as the British write them."""

    def __init__(self, words: ReminderWords, today: date | None) -> None:
        self._words = words
        self._today = today
        names = words.names
        self._month = any_of(names.months)
        self._day = any_of(names.weekdays)
        self._count = rf"\d{{1,3}}|{any_of(names.numbers)}"
        self._feast = any_of(names.feasts)

    def mark_ends(self, text: str, put: Callable[[date | None], str]) -> str:
        """Replace every end of a span by what `put` makes of its date, which is None if it cannot be told."""
        length = (
            r"\b(?:for|over|during)\s+(?:about |around |only |just )?(?:the )?(?:next |coming )?"
            rf"(?P<count>{self._count})?\s?(?P<unit>day|week|fortnight|month|year)s?\b(?! old)"
        )
        text = re.sub(length, lambda found: put(self._after(found["count"], found["unit"])), text)
        text = re.sub(
            rf"\b(?P<count>{self._count}) (?P<unit>day|week|fortnight|month)s? (?=(?:off|break|pause|rest)\b)",
            lambda f: put(self._after(f["count"], f["unit"])),
            text,
        )
        text = re.sub(
            rf"\b(?P<verb>{_RESTS}) (?P<count>{self._count}) ?(?P<unit>day|week|month)s?\b",
            lambda f: f"{f['verb']} {put(self._after(f['count'], f['unit']))}",
            text,
        )
        text = re.sub(
            rf"\b(?:the )?next (?P<count>{self._count}) (?P<unit>day|week|month)s\b",
            lambda f: put(self._after(f["count"], f["unit"])),
            text,
        )
        text = re.sub(rf"(?P<before>\w+\s+)?\b{_UNTIL}\s+(?P<date>{self._date()})", lambda f: self._end(f, put), text)
        once = r"\b(?P<which>this|next)(?: ?s)? (?P<unit>week|month)s?\b"
        if re.search(
            rf"\b(?:{_NOT_THEN})\b[\w\s]{{0,40}}{once}",
            text,
        ):
            text = re.sub(once, lambda f: put(self._span_end(f["which"], f["unit"])), text, count=1)
        return text

    def mark_once(self, text: str, put: Callable[[], str]) -> str:
        """Replace every day that comes but once, unless something begins on it."""
        month = self._month
        number = r"\d{1,2}(?:st|nd|rd|th)?"
        days = rf"{_SOON}|(?:on )?(?:the )?{number}(?: of)? (?:{month})\b|(?:{month}) {number}"
        text = re.sub(rf"{_STARTS}\b(?:{days})\b", lambda _: put(), text)
        soon = rf"(?:{self._count}|half an)\s?(?:minutes?|mins?|hours?|hrs?)|\d+ (?:days|weeks)"
        text = re.sub(rf"\bin (?:about |around )?(?:{soon})(?: time)?\b", lambda _: put(), text)
        return re.sub(rf"{_STARTS}\b(?:next|this|this coming|coming)\s+(?=xx\d+xx)", lambda _: put(), text)

    def _date(self) -> str:
        return (
            r"(?:the )?(?P<d1>\d{1,2})(?:st|nd|rd|th)?\.?(?: day)?(?: of)?\s*"
            rf"(?P<m1>{self._month})\b(?:,? ?(?P<y1>\d{{4}}))?"
            rf"|(?:the )?(?P<m2>{self._month})\.? (?:the )?"
            r"(?P<d2>\d{1,2})(?:st|nd|rd|th)?\b(?!:)(?:,? ?(?P<y2>\d{4}))?"
            r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
            r"|(?P<d3>\d{1,2})[./-](?P<m3>\d{1,2})(?:[./-](?P<y3>\d{2,4})?)?"
            r"|the (?P<d4>\d{1,2})(?:st|nd|rd|th)?\b"
            r"|(?P<d5>\d{1,2})(?:st|nd|rd|th)\b"
            r"|(?:the )?(?P<part>end|beginning|start|middle|mid)(?: of| in)? (?:the |this )?(?P<next>next )?"
            rf"(?P<span>{self._month}|month|year|week)\b"
            rf"|(?P<feast>{self._feast})\b(?:'?s)?"
            rf"|(?:on )?(?:next |this |the following |coming )?(?P<day>{self._day})\b"
            r"|(?P<weekend>(?:the |this |next )?weekend)\b"
            r"|(?P<after>the week after next|next week|next month|next year|tomorrow|the day after tomorrow|"
            r"spring|summer|autumn|winter)\b"
            rf"|(?P<month>{self._month})\b"
            r"|(?P<open>further notice|later|then|told|after|(?:i|we|she|he|they|my|our|her|his)(?: \w+)?)\b"
        )  # fmt: skip

    def _end(self, found: re.Match[str], put: Callable[[date | None], str]) -> str:
        before = found["before"] or ""
        if found["day"] and before.strip() in self._words.names.weekdays:
            return found[0]  # "mon till fri" is a range
        return before + put(self._date_of(found))

    def _date_of(self, found: re.Match[str]) -> date | None:
        if found["iso"]:
            return _valid(*(int(each) for each in found["iso"].split("-")))
        if self._today is None:
            return None
        for number in "123":
            if found[f"d{number}"]:
                return self._coming(
                    _month(found[f"m{number}"], self._words), int(found[f"d{number}"]), found[f"y{number}"]
                )
        return self._spoken(found, self._today)

    def _spoken(self, found: re.Match[str], today: date) -> date | None:
        day = found["d4"] or found["d5"]
        if day:
            return self._next_with_day(int(day))
        if found["feast"]:
            return self._coming(*self._words.names.feasts[found["feast"]], None)
        if found["day"]:
            return today + timedelta(days=(self._words.names.weekdays[found["day"]] - today.isoweekday() - 1) % 7 + 1)
        if found["weekend"]:
            return today + timedelta(days=(5 - today.weekday() - 1) % 7 + 1)
        if found["month"]:
            return self._coming(self._words.names.months[found["month"]], 1, None)
        if found["part"]:
            return self._part_of(found["part"], found["span"], bool(found["next"]))
        return self._relative(found["after"], today)

    def _relative(self, words: str | None, today: date) -> date | None:
        if not words or words in ("spring", "summer", "autumn", "winter"):
            return None
        if words.endswith("tomorrow"):
            return today + timedelta(days=2 if "after" in words else 1)
        if words == "the week after next":
            return self._span_end("next", "week")
        return self._span_end("this", words.split()[-1])

    def _after(self, count: str | None, unit: str) -> date | None:
        number = int(count) if count and count.isdigit() else self._words.names.numbers.get(count or "one", 1)
        return _shifted(self._today, number, unit)

    def _span_end(self, which: str, unit: str) -> date | None:
        """The first day after this week, or after the next; likewise of a month or year."""
        if self._today is None:
            return None
        skipped = 1 if which == "this" else 2
        if unit == "week":
            return self._today + timedelta(days=7 * skipped + 1 - self._today.isoweekday())
        return _first_of_month(self._today, skipped) if unit == "month" else _valid(self._today.year + skipped, 1, 1)

    def _part_of(self, part: str, span: str, is_next: bool) -> date | None:
        which = "next" if is_next else "this"
        if span in ("month", "year", "week"):
            return self._span_end(which, span)
        month = self._words.names.months[span]
        first = self._coming(month, 28 if part == "end" else 15 if part.startswith("mi") else 1, None)
        return _first_of_month(first, 1) if part == "end" and first else first

    def _coming(self, month: int, day: int, year: str | None) -> date | None:
        """The next such date, unless the year is told."""
        if year:
            return _valid(int(year) + (2000 if int(year) < 100 else 0), month, day)
        if self._today is None:
            return None
        years = range(self._today.year, self._today.year + 5)
        return next((at for each in years if (at := _valid(each, month, day)) and at > self._today), None)

    def _next_with_day(self, day: int) -> date | None:
        if self._today is None:
            return None
        months = [_first_of_month(self._today, ahead) for ahead in range(3)]
        return next((at for m in months if m and (at := _valid(m.year, m.month, day)) and at > self._today), None)


def _month(text: str, words: ReminderWords) -> int:
    return int(text) if text.isdigit() else words.names.months[text]


def _shifted(today: date | None, number: int, unit: str) -> date | None:
    if today is None:
        return None
    if unit != "month":
        return _later(today, number * _LENGTHS[unit])
    first = _first_of_month(today, number)
    return first and (_valid(first.year, first.month, today.day) or _first_of_month(first, 1))


def _later(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def _first_of_month(day: date, ahead: int) -> date | None:
    months = day.year * 12 + day.month - 1 + ahead
    return _valid(months // 12, months % 12 + 1, 1)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
