"""Marks what has a value in a message: times, weekdays, ends, days that come once. All else stays a plain word.

"Exercise, Mon-Fri at half six in the evening"
exercise , xday - xday at xhour in the evening
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.matching.normalise import visible, words_of
from bot.reminders.clock import Clock, read_bare_hours, read_clocks
from bot.reminders.dates import Dates
from bot.reminders.words import ReminderWords, any_of

Value = Clock | frozenset[int] | date | None
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:['’ʼ`][^\W\d_]+)?")
_TOKEN = re.compile(r"[^\W_]+|[-,.;:!?]")
_LETTERS = {"m": 1, "mo": 1, "t": 2, "tu": 2, "w": 3, "we": 3, "th": 4, "f": 5, "fr": 5, "sa": 6, "su": 7}
_LETTER = "|".join(sorted(_LETTERS, key=len, reverse=True))
_SLASHED = re.compile(rf"(?<![\w/])(?:(?:{_LETTER})\s?[/,&+]\s?)+(?:{_LETTER})(?![\w/])")
_RUN = re.compile(r"\b(?:mwf|tth|tuth|mtwtf|mtwthf|mwth|mth|wf)\b")
_QUOTED = re.compile(r'["“”„«]([^"“”„»«]*)["“”»]')
_MERIDIEM = re.compile(r"\b([ap])\s?\.\s?m\b\.?")
_NUMBERS_FOR_WORDS = re.compile(
    r"\b(me|us|reminders?|want|like|need|remind|tips?|my)\s+(2|4)\s+(?=[a-z])(?!\w*(?:am|pm|weeks?|days?|months?|times?|hours?|x|oclock|h|hrs)\b)"
)
_ARROW = re.compile(r"[-=]+>|→|⇒")
_UNDOES = re.compile(r"\bun[\s-]+(?=(?:paus|mut|freez|snooz|suspend|subscri|silenc|hold|enrol|regist))")
_NOT_TOO = re.compile(r"\bnot too (?:early|late|soon)\b")
_ALL_BUT = re.compile(r"\b(?:every|any) (?:other )?day (?:than|but|except|apart from|bar)\b")
BREAKS = frozenset("-,.;:!?")
_CLAUSE_BREAKS = BREAKS - frozenset("-:")
"""What stands behind a colon is said of what stands before it."""
_KINDS = {"xday": "day", "xtime": "time", "xhour": "time"}
_MOST_TAILS = 8
_TURNS = frozenset(["so", "and", "but", "therefore"])
_ASKING = frozenset(["i", "we", "could", "can", "would", "please", "will", "remind", "send"])


@dataclass(frozen=True)
class Token:
    word: str
    value: Value = None

    @property
    def kind(self) -> str | None:
        """Whether it is a "day" or a "time", be it open."""
        return _KINDS.get(self.word)


@dataclass(frozen=True)
class Reading:
    """A message as tokens, with the breaks between its clauses."""

    tokens: tuple[Token, ...]

    @property
    def sentence(self) -> str:
        return " ".join(token.word for token in self.tokens if token.word not in BREAKS)

    @property
    def clauses(self) -> list[str]:
        """The parts between breaks."""
        return self._parted(r"[,.;:!?]")

    @property
    def sentences(self) -> list[str]:
        """The parts between breaks that end a sentence."""
        return self._parted(r"[.;!?]")

    def _parted(self, breaks: str) -> list[str]:
        text = " ".join(token.word for token in self.tokens if token.word != "-")
        parts = (re.sub(r"[,:]", " ", part).split() for part in re.split(breaks, text))
        return [" ".join(part) for part in parts if part]

    @property
    def parts(self) -> list[tuple[Token, ...]]:
        """The clauses with their tokens, each with the break before it."""
        breaks = [at for at, token in enumerate(self.tokens) if token.word in _CLAUSE_BREAKS or self._turns(at)]
        starts = [0, *breaks, len(self.tokens)]
        return [self.tokens[start:end] for start, end in pairwise(starts) if start < end]

    def _turns(self, at: int) -> bool:
        """Whether a story turns to a wish here: "I have choir on Tuesdays so could it be Thursday"."""
        after = self.tokens[at + 1].word if at + 1 < len(self.tokens) else ""
        return self.tokens[at].word in _TURNS and after in _ASKING

    @property
    def tails(self) -> list[Reading]:
        """What stands behind each of the last breaks between clauses, the longest first."""
        breaks = [at for at, token in enumerate(self.tokens[:-1]) if token.word in _CLAUSE_BREAKS]
        return [Reading(self.tokens[at + 1 :]) for at in breaks[-_MOST_TAILS:]]

    @property
    def asks(self) -> bool:
        return any(token.word == "?" for token in self.tokens)

    @property
    def ends_asking(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].word == "?"

    def values(self, word: str) -> list[Value]:
        return [token.value for token in self.tokens if token.word == word]


class _Marks:
    """Values by the placeholder that holds their place while the text is read."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[str, Value]] = {}

    def put(self, word: str, value: Value) -> str:
        name = f"xx{len(self._values)}xx"
        self._values[name] = (word, value)
        return f" {name} "

    def token(self, word: str) -> Token:
        return Token(*self._values[word]) if word in self._values else Token(word)


def read(text: str, words: ReminderWords, today: date | None) -> Reading:
    """Read any text; without `today` an end that leans on it has no date."""
    marks = _Marks()
    plain = plain_text(text, words)
    dates = Dates(words, today)
    plain = dates.mark_ends(plain, lambda end: marks.put("xuntil", end))
    plain = _mark_days(plain, words, marks)
    plain = read_clocks(plain, words.names.numbers, lambda clock: marks.put(_clock_word(clock), clock))
    plain = dates.mark_once(plain, lambda: marks.put("xonce", None))
    tokens = [marks.token(word) for word in _TOKEN.findall(plain)]
    read_hours = read_bare_hours([token.word for token in tokens], words.names.numbers)
    for at, clock in read_hours.items():
        tokens[at] = Token(_clock_word(clock), clock)
    return Reading(tuple(_with_parts(tokens, words)))


def plain_text(text: str, words: ReminderWords) -> str:
    """Lower case, contractions spelled out, our own words mended; numbers and signs as they are."""
    shown = visible(text[:2000]).replace("⏰", " reminder ").replace("⏲", " reminder ").lower()
    shown = shown.replace("o'clock", "oclock").replace("o’clock", "oclock").replace("o clock", "oclock")
    shown = _ARROW.sub(" to ", shown)
    shown = _UNDOES.sub("un", shown)
    shown = _NOT_TOO.sub(" ", shown)
    shown = _ALL_BUT.sub("every day except", shown)
    shown = _MERIDIEM.sub(r"\1m ", shown)
    shown = _without_quotes(shown)
    shown = _SLASHED.sub(lambda found: _named(re.findall(rf"{_LETTER}", found[0]), words), shown)
    shown = _RUN.sub(lambda found: _named(re.findall(r"th|tu|[mtwf]", found[0]), words), shown)
    shown = _WORD.sub(lambda found: _mended(found[0], words), shown)
    return _NUMBERS_FOR_WORDS.sub(lambda found: f"{found[1]} {'to' if found[2] == '2' else 'for'} ", shown)


def _mended(word: str, words: ReminderWords) -> str:
    if word in words.names.parts or (words.knows(word) and "'" not in word):
        return word
    return " ".join(words.mend(each) for each in words_of(word))


def _named(letters: list[str], words: ReminderWords) -> str:
    names = {number: name for name, number in reversed(list(words.names.weekdays.items()))}
    return " , ".join(names[_LETTERS[letter]] for letter in letters)


def _without_quotes(text: str) -> str:
    """Without what is quoted, if more than a few words stand beside it: that is somebody else's wish."""
    rest = _QUOTED.sub(" ", text)
    return rest if len(rest.split()) >= 3 else _QUOTED.sub(r" \1 ", text)


def _mark_days(text: str, words: ReminderWords, marks: _Marks) -> str:
    names = words.names
    groups = re.compile(rf"\b(?:on )?(?P<name>{any_of(names.groups)})\b")
    # "in the sun" is no Sunday, and who sat did not sit on a Saturday
    single = re.compile(
        rf"(?!(?<=the )sun\b)(?<!\bi )(?<!\bwe )(?<![\w])(?P<name>{any_of(names.weekdays)})\b"
        rf"|\b(?:of an? )?(?P<long>{_long(words)})\b"
    )
    text = groups.sub(lambda found: marks.put("xday", names.groups[found["name"]]), text)
    return single.sub(
        lambda found: marks.put("xday", frozenset([names.weekdays[found["name"] or found["long"]]])), text
    )


def _long(words: ReminderWords) -> str:
    return any_of(name for name in words.names.weekdays if len(name) > 4)


def _clock_word(clock: Clock) -> str:
    return "xhour" if clock.is_open else "xtime"


def _with_parts(tokens: list[Token], words: ReminderWords) -> list[Token]:
    """Tell the part of the day to times that lack it: "seven in the evening", "saturday mornings at 10"."""
    clocks = [at for at, token in enumerate(tokens) if isinstance(token.value, Clock)]
    for at in clocks:
        part = _part_near(tokens, at, words, alone=len(clocks) == 1)
        value = tokens[at].value
        if part and isinstance(value, Clock):
            clock = value.in_part(part)
            tokens[at] = Token(_clock_word(clock), clock)
    return tokens


def _part_near(tokens: list[Token], at: int, words: ReminderWords, *, alone: bool) -> str | None:
    parts = [
        None if (previous.word, token.word) == ("i", "am") else words.names.parts.get(token.word)
        for previous, token in pairwise([Token(""), *tokens])
    ]
    after, before = parts[at + 1 : at + 4], parts[max(0, at - 4) : at][::-1]
    anywhere = parts if alone else []
    return next((part for part in (*after, *before, *anywhere) if part), None)
