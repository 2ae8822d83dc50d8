"""Weekdays of a message whose days are marked: lists, ranges, exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.reminders.tokens import BREAKS, Token

_TO = frozenset({"-", "to", "through", "thru", "till", "until", "til", "bis"})
_BUT = frozenset(
    {"but", "except", "excluding", "excepting", "bar", "not", "than", "minus", "without", "apart", "save", "barring"}
)
_LINKS = frozenset({"on", "for", "from", "the", "and", "or", ",", "&", "any"})
_OLD = frozenset({"than", "of", "not", "from"})
_SWAPS = frozenset({"change", "move", "switch", "swap", "shift", "changing", "moving", "reminder", "reminders"})
_FAULTS = frozenset({"too", "no", "not", "does"})
_TAKES_BACK = frozenset(
    tuple(pair.split())
    for pair in ("no wait", "wait no", "no sorry", "sorry no", "i mean", "i meant", "scratch that", "no actually")
)
EVERY_DAY = frozenset(range(1, 8))


def days_of(tokens: Sequence[Token]) -> tuple[int, ...] | None:
    """The weekdays in ISO order; None if no day was said."""
    said: set[int] = set()
    spared: set[int] = set()
    for at, token in enumerate(tokens):
        days = token.value if token.word == "xday" and isinstance(token.value, frozenset) else None
        if days is None:
            continue
        days = _range(tokens, at) or days
        if _is_spared(tokens, at):
            spared |= days
        else:
            said |= days
    if not said and not spared:
        return None
    return tuple(sorted((said or EVERY_DAY) - spared)) or None


def without_old(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Without the days and times that a change does away with: "from monday", "instead of 9am", "7pm is too late"."""
    kept = [token for at, token in enumerate(tokens) if not _is_old(tokens, at)]
    return tuple(kept)


def corrected(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Without the days, or times, that are taken back: "Friday, no wait, Saturday"."""
    words = [token.word for token in tokens]
    spoken = [at for at, word in enumerate(words) if word not in BREAKS]
    marks = [at for at, then in pairwise(spoken) if (words[at], words[then]) in _TAKES_BACK]
    if not marks:
        return tuple(tokens)
    anew = {token.kind for token in tokens[marks[-1] :]} - {None}
    return tuple(token for at, token in enumerate(tokens) if at >= marks[-1] or token.kind not in anew)


def _range(tokens: Sequence[Token], at: int) -> frozenset[int] | None:
    """The days from this one to the one that follows a word for it, over the weekend if need be."""
    if at + 2 >= len(tokens) or tokens[at + 1].word not in _TO or tokens[at + 2].word != "xday":
        return None
    first, last = tokens[at].value, tokens[at + 2].value
    if not (isinstance(first, frozenset) and isinstance(last, frozenset) and len(first) == len(last) == 1):
        return None
    (start,), (end,) = first, last
    return frozenset((start + step - 1) % 7 + 1 for step in range((end - start) % 7 + 1))


def _is_spared(tokens: Sequence[Token], at: int) -> bool:
    before = at - 1
    while before >= 0 and (tokens[before].word in _LINKS or (tokens[before].word == "xday" and before != at)):
        before -= 1
    if before < 0 or tokens[before].word not in _BUT:
        return False
    earlier, later = [[token.word for token in part] for part in (tokens[:before], tokens[at + 1 :])]
    if tokens[before].word == "not":  # "not on Monday but on Wednesday"
        return "xday" in earlier or ("but" in later and "xday" in later[later.index("but") :])
    if tokens[before].word != "but":
        return True
    is_contrast = earlier[-1:] == [","] and "xday" not in earlier  # "I am at home most days, but Thursday is best"
    return "not" not in earlier and not is_contrast


def _is_old(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.word not in ("xday", "xtime", "xhour"):
        return False
    later = [each.word for each in tokens[at + 1 :]]
    if not any(mark in later for mark in ("xday", "xtime", "xhour")) and not _is_after_old(tokens, at):
        return False
    if (
        _is_swapped(tokens, at)
        or _is_after_old(tokens, at)
        or _gives_way(tokens, at)
        or later[:2] == ["no", "good"]
        or later[:1] == ["clashes"]
    ):
        return True
    return bool(later[:1]) and (
        (later[0] in ("is", "are", "does", "do") and not _FAULTS.isdisjoint(later[1:4])) or later[0] == "too"
    )


def _is_swapped(tokens: Sequence[Token], at: int) -> bool:
    """Whether it is the first of "change Sunday to Saturday", which is no range from one to the other."""
    following = [each.word for each in tokens[at + 1 : at + 3]]
    return following == ["to", tokens[at].word] and at > 0 and tokens[at - 1].word in _SWAPS


def _gives_way(tokens: Sequence[Token], at: int) -> bool:
    """Whether another of its kind follows a "to" further on: "move monday's exercise to wednesday"."""
    kinds = ("xday",) if tokens[at].word == "xday" else ("xtime", "xhour")
    return any(tokens[later].word in kinds and tokens[later - 1].word == "to" for later in range(at + 3, len(tokens)))


def _is_after_old(tokens: Sequence[Token], at: int) -> bool:
    before = [
        each.word for each in tokens[max(0, at - 5) : at] if each.word not in ("the", "on", "at", "my", "having", "it")
    ]
    if not before:
        return False
    if before[-1] in ("xday", "xtime", "xhour"):
        return _is_after_old(tokens, at - 1) if tokens[at - 1].word in ("xday", "xtime", "xhour") else False
    if before[-1] == "of":
        return before[-2:-1] == ["instead"]
    return before[-1] in ("not", "from", "than") and before[-2:-1] != ["apart"]
