"""Runs labelled questions through whole conversations, and counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.authoring.calibrate import calibrate, sample
from bot.authoring.questions import Case, Turn, is_right, shows
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Message, Outcome, Reply
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn


@dataclass(frozen=True)
class Verdict:
    """What became of one turn of a case."""

    case: Case
    turn: Turn
    reply: Reply
    right: bool
    button: bool
    """Whether one of the first three buttons leads to what was asked for."""

    @property
    def wrongly_answered(self) -> bool:
        return self.reply.outcome == Outcome.ANSWER and not self.right


@dataclass(frozen=True)
class Figure:
    """One row of the table: a share, and what it should reach."""

    name: str
    hits: int
    of: int
    goal: float
    """In [0, 1]."""
    at_most: bool = False

    @property
    def share(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def reached(self) -> bool:
        return self.share <= self.goal if self.at_most else self.share >= self.goal


def evaluate_cases(cases: Iterable[Case], know: Knowledge) -> Iterator[Verdict]:
    """Yield a verdict for each turn."""
    for case in cases:
        state = ChatState()
        for turn in case.turns:
            state, reply = take_turn(state, Message(turn.text), know)
            yield Verdict(case, turn, reply, is_right(turn, reply, know), _has_button(turn, reply, state, know))


def evaluate_in_folds(cases: Sequence[Case], shown: Iterable[Case], know: Knowledge, count: int) -> list[Verdict]:
    """The same with the gate calibrated on the other folds, so that no threshold is measured on what it was fitted to.

    `shown` are the cases again, in order, perhaps with a progress bar.
    """
    fold_of = {case.id: number % count for number, case in enumerate(cases)}
    samples = [(fold_of[case.id], found) for case in cases if (found := sample(case, know))]
    knowledge = [
        replace(know, matcher=know.matcher.with_calibration(calibrate([s for fold, s in samples if fold != left_out])))
        for left_out in range(count)
    ]
    return [verdict for case in shown for verdict in evaluate_cases([case], knowledge[fold_of[case.id]])]


def figures(verdicts: Sequence[Verdict]) -> list[Figure]:
    """The rows of the table of numbers to reach for which there are questions."""
    by_kind: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_kind[verdict.case.kind].append(verdict)
    inside = by_kind["inscope"]
    outside = {kind: found for kind, found in by_kind.items() if found and found[0].case.is_outside}
    far = [v for kind in ("far", "gibberish", "otherlang", "adversarial") for v in outside.get(kind, [])]
    rows = [
        _share("in scope, answered right at once", inside, lambda v: v.right, 0.92),
        _share("… with low word overlap", _with(inside, "low overlap"), lambda v: v.right, 0.85),
        _share("… with typing errors", _with(inside, "typo"), lambda v: v.right, 0.88),
        _share("in scope, answer or button right", inside, lambda v: v.right or v.button, 0.98),
        _share("in scope, answered wrongly", inside, lambda v: v.wrongly_answered, 0.03, at_most=True),
        _share("outside, far and the like: not answered", far, lambda v: v.right or not v.wrongly_answered, 0.99),
        *(
            _share(f"outside, {kind}: not answered", found, lambda v: not v.wrongly_answered, 0.92)
            for kind, found in outside.items()
        ),
        _share("urgent, caught", by_kind["urgent"], lambda v: v.right, 1.0),
        _share("urgent, false alarms", by_kind["not_urgent"], lambda v: not v.right, 0.03, at_most=True),
        _share("dialogue turns right", by_kind["dialogue"], lambda v: v.right, 0.93),
    ]
    return [row for row in rows if row.of]


def confusions(verdicts: Iterable[Verdict]) -> list[tuple[str, str, int]]:
    """What was answered with what, the most frequent first: (case id's kind or topic, intent, times)."""
    counted = Counter((v.case.kind, v.reply.intent or "") for v in verdicts if v.wrongly_answered)
    return [(kind, intent, times) for (kind, intent), times in counted.most_common()]


def _with(verdicts: Sequence[Verdict], trait: str) -> list[Verdict]:
    return [verdict for verdict in verdicts if trait in verdict.case.traits]


def _share(
    name: str, verdicts: Sequence[Verdict], hit: Callable[[Verdict], bool], goal: float, *, at_most: bool = False
) -> Figure:
    return Figure(name, sum(hit(verdict) for verdict in verdicts), len(verdicts), goal, at_most)


def _has_button(turn: Turn, reply: Reply, state: ChatState, know: Knowledge) -> bool:
    if not (turn.any_of or turn.intents):
        return False
    pressed = (take_turn(state, Message(press=s.intent), know)[1] for s in reply.suggestions[:3])
    return any(shows(turn, answer, know) for answer in pressed)
