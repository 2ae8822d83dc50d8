"""The guards of the design, and how the code reads without each: whoever takes one out must be found out.

Each mutant is a copy of the code in a folder of its own, on which the seeds are run in a process of their own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = 300
"""At most so many are tried for a mutant."""
_NEEDED = ("bot", "tests/__init__.py", "tests/simulation")

DELIVERY, PLANS, RECORDS = (f"bot/reminders/{name}.py" for name in ("delivery", "plans", "records"))
RESPONSES, COURIER = "bot/reminders/responses.py", "bot/shells/courier.py"
MEMORY = "bot/shells/storage/memory_reminders.py"


@dataclass(frozen=True)
class Mutant:
    name: str
    module: str
    text: str
    """As it stands there, once."""
    replacement: str
    seeds: tuple[int, ...] = ()
    """Known to find it out."""

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        return (ROOT / self.module).read_text(encoding="utf-8")

    def build(self, folder: Path) -> None:
        """Put the code without the guard there."""
        for name in _NEEDED:
            _copy(ROOT / name, folder / name)
        (folder / self.module).write_text(self.source.replace(self.text, self.replacement), encoding="utf-8")

    def run(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The seeds that are known to find it out, or those that the arguments say."""
        command = [sys.executable, "-m", "tests.simulation", *(arguments or self._arguments)]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603

    @property
    def _arguments(self) -> tuple[str, ...]:
        return "--until-bad", "--only", *map(str, [*self.seeds, *range(SEEDS)])


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


MUTANTS = (
    Mutant(
        "marker before the request",
        DELIVERY,
        "return Change(deliveries=(marker,)), Order(",
        "return NOTHING, Order(",
        (0, 2),
    ),
    Mutant("two tries at most", DELIVERY, "if delivery and delivery.tries >= MOST_TRIES:", "if False:", (5, 10)),
    Mutant(
        "what was sent is not sent again",
        DELIVERY,
        "if delivery and delivery.state not in (",
        "if () and () not in (",
        (15, 20),
    ),
    Mutant(
        "token before the request",
        DELIVERY,
        "or not current.is_live or current.token != claimed.token:",
        "or False:",
        (2, 5),
    ),
    Mutant("token after the request", DELIVERY, "    if current.token != claimed.token:", "    if False:", (1, 4)),
    Mutant("grace", DELIVERY, "if now > latest(current):", "if False:", (2, 5)),
    Mutant("lease nearly over", DELIVERY, "or now > current.next_at - SEND_LIMIT:", "or False:", (218,)),
    Mutant("deadline of the request", COURIER, "+ SEND_LIMIT.total_seconds()", "+ 1e9", (40,)),
    Mutant(
        "only one's own try is taken back",
        DELIVERY,
        "is_ours = delivery and (delivery.state, delivery.tries) == (DeliveryState.SENDING, marker.tries)",
        "is_ours = delivery",
        (1, 17),
    ),
    Mutant(
        "a plan takes a new token",
        RECORDS,
        "part=0, token=subscription.token + 1",
        "part=0, token=subscription.token",
        (2, 5),
    ),
    Mutant("a row for what the plan leaves", DELIVERY, "if current.occurs_at <= now or delivery:", "if False:", (1, 2)),
    Mutant(
        "a row for each week it leaves", DELIVERY, "for day in _days_until(current, now):", "for day in ():", (2, 18)
    ),
    Mutant(
        "perhaps sent is not told as not sent",
        DELIVERY,
        "UNCERTAIN if delivery.tries else",
        "UNCERTAIN if False else",
        (35, 36),
    ),
    Mutant(
        "perhaps sent is remembered",
        DELIVERY,
        "_remembering(current, rows[0]) if is_under_way",
        "current if False",
        (259,),
    ),
    Mutant(
        "a row for each week missed",
        DELIVERY,
        "rows.append(delivery_of(waiting, DeliveryState.MISSED))",
        "pass",
        (2, 5),
    ),
    Mutant(
        "what was sent stays sent",
        DELIVERY,
        "    if stored.state == DeliveryState.SENT != outcome.state:\n        return stored\n",
        "",
        (3393,),
    ),
    Mutant("a second copy is silent", DELIVERY, "silent = marker.tries > 1 or", "silent =", (2, 4)),
    Mutant("silent at night", DELIVERY, "marker.tries > 1 or _is_quiet(now, current)", "marker.tries > 1", (0, 1)),
    Mutant("late is said", DELIVERY, "late=now > current.due_at + LATE_AFTER", "late=False", (3, 6)),
    Mutant("lease", MEMORY, "next_at=now + LEASE", "next_at=now", (0, 1)),
    Mutant(
        "only one's own lease is given back", MEMORY, "if self._subscriptions.get(it.id) == it:", "if True:", (58, 95)
    ),
    Mutant("no claim while Telegram wants nothing", MEMORY, "        if self._is_held():", "        if False:", (3, 5)),
    Mutant("no request while Telegram wants nothing", COURIER, "unless_held=True", "unless_held=False", (43,)),
    Mutant("the others learn that", COURIER, "await self._store.hold(self._store.now() + wait)", "pass", (2, 3)),
    Mutant("no day twice", PLANS, "schedule.next_day(max(day - DAY, last_day)) if last_day else day", "day", (26, 42)),
    Mutant(
        "put off twice at most",
        RESPONSES,
        "    if delivery.part >= MOST_PARTS:\n        return",
        "    if False:\n        return",
        (16, 39),
    ),
    Mutant(
        "not put off until the next", RESPONSES, "if ends_at > _latest_end(current, delivery):", "if False:", (0, 2)
    ),
    Mutant(
        "put off once by one message",
        RESPONSES,
        "(current.last_day, current.last_part) == (delivery.day, delivery.part)",
        "current.last_day == delivery.day",
        (33, 41),
    ),
    Mutant(
        "what is on its way is not called off",
        RESPONSES,
        "if current.next_at != current.due_at or current.due_at <= now:",
        "if False:",
        (140,),
    ),
    Mutant(
        "the question after three weeks",
        DELIVERY,
        "return current.part == 0 and since is not None and",
        "return False and since is not None and",
        (1, 2),
    ),
    Mutant("silence after the question", DELIVERY, "if outcome.state in SHOWN and outcome.asks:", "if False:", (4, 9)),
)
