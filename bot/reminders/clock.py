"""Times of day as people write them: 7pm, 19:00, 7.30, 1930, 17h, half past six in the evening, noon.

Seven o'clock may be in the morning or in the evening. Nobody is woken on a guess: such a time stays open, until a word
such as "evening" closes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

Build = Callable[[re.Match[str]], "Clock | None"]
_UNITS_TEXT = (
    "weeks week days day months month times time x minutes minute min mins hours hour hrs kg kilos pounds "
    "reps weight years year old sets percent st nd rd th km miles xx"
)
_MEASURES_TEXT = "mg mcg ml iu kcal kcals calories gram grams milligram milligrams micrograms units steps"
_UNITS = frozenset(f"{_UNITS_TEXT} {_MEASURES_TEXT}".split())
_MEASURE = rf"(?:{'|'.join(_MEASURES_TEXT.split())}|g|cals?|microgram)"
_BEFORE_A_YEAR_TEXT = (
    "in of since year summer winter spring autumn january february march april may june july august september "
    "october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
_NO_YEAR = "".join(rf"(?<!\b{word} )" for word in _BEFORE_A_YEAR_TEXT.split())
_BEFORE_AN_HOUR = frozenset(["at", "around", "by", "about", "xday", "to", "from", "it", "than", "sharp", "approx"])
_EARLIEST = 5
"""The first hour at which a time with minutes is taken for one in the morning."""
_LEADING_TO_PART = frozenset(["in", "of", "the", "at"])
_PARTS = frozenset(["morning", "mornings", "afternoon", "afternoons", "evening", "evenings", "night", "nights"])


@dataclass(frozen=True)
class Clock:
    """A time of day. `is_open`: it may be twelve hours later."""

    hour: int
    minute: int = 0
    is_open: bool = False
    is_exact: bool = False
    """Told by the twenty-four hour clock, as "0530": no evening makes it later."""

    @property
    def of_day(self) -> int | None:
        """Minutes since midnight; None while it is open."""
        return None if self.is_open else self.hour % 24 * 60 + self.minute

    def in_part(self, part: str) -> Clock:
        """The same on a twelve-hour clock in that part of the day; as it is where that makes no sense."""
        if self.is_exact or self.hour > 12 or self.hour == 0:
            return self
        if part == "morning":
            return replace(self, is_open=False) if self.hour < 12 else self
        if part == "night" and (self.hour == 12 or self.hour < 5):
            return Clock(self.hour % 12, self.minute)
        if part == "afternoon" and self.hour == 12:
            return replace(self, is_open=False)
        return Clock(self.hour + 12, self.minute) if self.hour < 12 else self


def read_clocks(text: str, numbers: Mapping[str, int], put: Callable[[Clock], str]) -> str:
    """Replace every time that needs no context, by what `put` makes of it."""
    spoken = "|".join(word for word, number in numbers.items() if word.isalpha() and 2 <= number <= 12) + "|one"
    hour = rf"(?P<hour>\d{{1,2}}|{spoken})"
    text = re.sub(rf"\b(\d{{1,2}}(?:[:.]\d\d)?|{spoken})\s?-?ish\b", r"\1", text)
    tail = r"(?:\s*(?:oclock|uhr))?(?:\s*(?P<half>am|pm))?"
    forms: tuple[tuple[str, Build], ...] = (
        (r"\b(?:at )?(?:12 |twelve )?(?:noon|midday|mittags?)\b", lambda _: Clock(12)),
        (r"\b(?:at )?(?:12 |twelve )?(?:midnight|mitternacht)\b", lambda _: Clock(0)),
        (rf"\bhalf[\s-]?past {hour}{tail}\b", lambda f: _twelve(f, numbers, 30)),
        (rf"\bhalf {hour}{tail}\b", lambda f: _twelve(f, numbers, 30)),
        (rf"\b(?:a )?quarter past {hour}{tail}\b", lambda f: _twelve(f, numbers, 15)),
        (rf"\b(?:a )?quarter (?:after) {hour}{tail}\b", lambda f: _twelve(f, numbers, 15)),
        (rf"\b(?:a )?quarter (?:to|of|before|till) {hour}{tail}\b", lambda f: _twelve(f, numbers, -15)),
        (
            (
                r"\b(?!(?:1|one|an?) (?:past|to))"  # "move the early one to 9pm"
                rf"(?P<min>\d{{1,2}}|twenty[\s-]five|{'|'.join(numbers)})(?: minutes?| mins?)?"
                rf" (?P<way>past|to|after|before|till) {hour}{tail}\b"
            ),
            lambda f: _spoken_minutes(f, numbers),
        ),
        (
            rf"\b{hour}[\s-](?P<min>thirty|fifteen|forty[\s-]five|twenty|forty|ten){tail}\b",
            lambda f: _after_hour(f, numbers),
        ),
        (
            (
                r"(?<![\w.:/])(?P<hour>\d{1,2})\s?[:.h]\s?(?P<min>\d{2})(?:\s*(?P<half>am|pm|a|p)\b)?"
                r"(?:\s*(?:uhr|hrs|hours|h)\b)?(?![\w:/]|\.\d|%)"
            ),
            _digital,
        ),
        (r"(?<![\w.:/])(?P<hour>\d{1,2}) (?P<min>\d{2})\s*(?P<half>am|pm)\b", _digital),
        (r"(?<![\w.:/])(?P<hour>\d{1,2})(?P<min>\d{2})\s*(?P<half>am|pm|a|p)\b", _digital),
        (
            (
                r"\b(?:at|around|like|by) (?P<hour>[1-9])(?P<min>[0-5]\d)"
                r"(?=\s*(?:$|[.,!?;])| (?:on|every|each|in|please)\b)"
            ),
            lambda f: _twelve(f, numbers, int(f["min"])),
        ),
        (r"(?<![\w.:/])(?P<hour>\d{1,2})(?P<min>\d{2})\s*(?:hrs?|hours?|h|uhr)\b", _digital),
        (rf"(?<![\w.:/-]){hour}\s*(?:oclock)?\s*(?P<half>am|pm)\b", lambda f: _twelve(f, numbers, 0)),
        (r"(?<![\w.:/-])(?P<hour>\d{1,2})(?P<half>a|p)\b", lambda f: _twelve(f, numbers, 0)),
        (rf"(?<![\w.:/]){hour}\s*uhr\b", lambda f: Clock(_number(f["hour"], numbers))),
        (rf"(?<![\w.:/]){hour}\s*oclock\b", lambda f: _twelve(f, numbers, 0)),
        (rf"\bat {hour}\s?(?:hours?|hrs?)\b", lambda f: _twelve(f, numbers, 0)),
        (
            rf"(?<![\w.:/]){hour}\s?(?:hours?|hrs?)(?= (?:(?:in|of|at) )?(?:the )?(?:{'|'.join(sorted(_PARTS))})\b)",
            lambda f: _twelve(f, numbers, 0),
        ),
        (r"(?<![\w.:/])(?P<hour>1[3-9]|2[0-3]|\d)h\b", lambda f: Clock(int(f["hour"]), 0, 0 < int(f["hour"]) < 7)),
        (rf"(?<![\w.:/+]){_NO_YEAR}(?P<hour>[01]\d|2[0-3])(?P<min>[0-5]\d)(?![\w:/]|\.\d)(?! {_MEASURE}\b)", _military),
    )  # fmt: skip
    for pattern, build in forms:
        text = re.sub(pattern, _placer(build, put), text)
    return text


def read_bare_hours(words: Sequence[str], numbers: Mapping[str, int]) -> dict[int, Clock]:
    """Numbers that the words around them make a time: "at 7", "monday 9", "seven in the evening"."""
    found = {}
    for at, word in enumerate(words):
        number = int(word) if word.isascii() and word.isdigit() and len(word) < 3 else numbers.get(word, 0)
        if not (0 < number < 24) or word in ("a", "an", "next", "few"):
            continue
        following = words[at + 1 : at + 4]
        if following[:1] and following[0] in _UNITS:
            continue
        if _is_hour(word, list(words[max(0, at - 2) : at]), list(following)):
            found[at] = Clock(number, 0, number <= 12)
    return found


def _is_hour(word: str, before: list[str], following: list[str]) -> bool:
    after = [each for each in following if each not in _LEADING_TO_PART]
    if (after[:1] and after[0] in _PARTS) or (before[-1:] and before[-1] in {"at", "around", "@", "approx"}):
        return True
    if before[-1:] in (["about"], ["by"]) and len(before) > 1 and before[-2] in _PARTS | {"xday"}:
        return True  # "in the evenings about six"
    if not word.isdigit():
        return False
    if following[:1] == ["instead"]:
        return True
    last = next((each for each in reversed(before) if each != ","), "")
    return last in _BEFORE_AN_HOUR or last in _PARTS


def _placer(build: Build, put: Callable[[Clock], str]) -> Callable[[re.Match[str]], str]:
    def placed(found: re.Match[str]) -> str:
        clock = build(found)
        return put(clock) if clock and 0 <= clock.hour <= 24 and 0 <= clock.minute < 60 else found[0]

    return placed


def _number(text: str, numbers: Mapping[str, int]) -> int:
    return int(text) if text.isdigit() else numbers.get(text, 25 if text.startswith("twenty") else 45)


def _halved(hour: int, minute: int, half: str | None) -> Clock:
    if half and hour <= 12:
        return Clock(hour % 12 + (12 if half.startswith("p") else 0), minute)
    return Clock(hour, minute, hour <= 12)


def _twelve(found: re.Match[str], numbers: Mapping[str, int], minutes: int) -> Clock:
    hour, half = _number(found["hour"], numbers), found.groupdict().get("half")
    return _halved(hour, minutes, half) if minutes >= 0 else _earlier(hour, -minutes, half)


def _earlier(hour: int, minutes: int, half: str | None) -> Clock:
    clock = _halved(hour, 0, half)
    return Clock(
        (clock.hour - 1) % (12 if clock.is_open else 24) or (12 if clock.is_open else 0), 60 - minutes, clock.is_open
    )


def _spoken_minutes(found: re.Match[str], numbers: Mapping[str, int]) -> Clock | None:
    minutes, hour = _number(found["min"], numbers), _number(found["hour"], numbers)
    if not 0 < minutes < 60 or hour > 24:
        return None
    before = found["way"] in ("to", "before", "till")
    return _earlier(hour, minutes, found["half"]) if before else _halved(hour, minutes, found["half"])


def _after_hour(found: re.Match[str], numbers: Mapping[str, int]) -> Clock:
    return _halved(_number(found["hour"], numbers), _number(found["min"], numbers), found["half"])


def _digital(found: re.Match[str]) -> Clock:
    half = found.groupdict().get("half")
    clock = _halved(int(found["hour"]), int(found["min"]), half)
    is_small = 0 < clock.hour < _EARLIEST and not found["hour"].startswith("0")
    # 7:20 is how a clock shows the morning, and "nights" may yet make it later; but who says 3:30 is seldom up at night
    return clock if is_small else replace(clock, is_open=False)


def _military(found: re.Match[str]) -> Clock | None:
    value = int(found[0])
    return None if 2024 <= value <= 2040 else Clock(int(found["hour"]), int(found["min"]), is_exact=True)  # else a year
