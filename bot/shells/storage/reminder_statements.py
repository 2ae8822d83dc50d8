"""What the store of reminders asks a database again and again, built once: to build a statement takes longer than to
run it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    bindparam,
    insert,
    null,
    select,
    tuple_,
    update,
)

from bot.reminders.records import SHOWN, Buttons
from bot.shells.storage.instants import Instant
from bot.shells.storage.tables import deliveries, rate, subscriptions

KEY = ("subscription_id", "occurs_at", "part")
"""Of a delivery."""


def told() -> Select[Any]:
    """Deliveries with their stream."""
    return select(subscriptions.c.stream, deliveries).join_from(deliveries, subscriptions)


def shown_to(ids: Sequence[int]) -> Select[Any]:
    """The passages that subscriptions have shown, oldest first."""
    shown = deliveries.c.state.in_([state.value for state in SHOWN])
    wanted = select(deliveries.c.subscription_id, deliveries.c.passage).where(
        deliveries.c.subscription_id.in_(ids), deliveries.c.part == 0, deliveries.c.passage.is_not(null()), shown
    )
    return wanted.order_by(deliveries.c.occurs_at)


# An order makes PostgreSQL take the index: in a table where it expects much to be due, it would read from the start.
ANY_DUE = (
    select(subscriptions.c.id)
    .where(subscriptions.c.next_at <= bindparam("now", type_=Instant))
    .order_by(subscriptions.c.next_at)
    .limit(1)
)
# Its index holds no other rows, which no database can know of a parameter.
_GOING: BindParameter[str] = bindparam("closing", Buttons.CLOSING.value, literal_execute=True)
CLOSING = select(deliveries).where(deliveries.c.buttons == _GOING)
# Two statements: whoever has waited for a lock reads the deliveries as they are by then. In one, PostgreSQL would read
# the locked row anew, and what is joined to it as it was before the wait.
LOCKED = select(subscriptions).order_by(subscriptions.c.id).with_for_update()
"""In one order, so that two who lock the same ones do not wait for each other for ever."""
LOCKED_OF = LOCKED.where(subscriptions.c.id.in_(bindparam("ids", expanding=True)))
PARTS = select(deliveries).where(
    deliveries.c.subscription_id.in_(bindparam("ids", expanding=True)),  # SQLite finds no keys of several columns
    tuple_(*(deliveries.c[name] for name in KEY)).in_(bindparam("parts", expanding=True)),
)
HELD_UNTIL = select(rate.c.held_until)
SUBSCRIBE = insert(subscriptions)
MOVE = update(subscriptions).where(subscriptions.c.id == bindparam("of"))
CLOSE_OTHERS = (
    update(deliveries)
    .where(
        deliveries.c.subscription_id == bindparam("newest_subscription_id"),
        deliveries.c.buttons == Buttons.OPEN.value,
        tuple_(deliveries.c.occurs_at, deliveries.c.part)
        < tuple_(bindparam("newest_occurs_at", type_=Instant), bindparam("newest_part", type_=Integer)),
    )
    .values(buttons=Buttons.CLOSING.value)
)

# A CTE, and materialised: a plain subquery with LIMIT may be run again for each row and then claims more than asked.
_DUE = (
    select(subscriptions.c.id)
    .where(subscriptions.c.next_at <= bindparam("now", type_=Instant))
    .order_by(subscriptions.c.next_at)
    .limit(bindparam("most", type_=Integer, literal_execute=True))
    .with_for_update(skip_locked=True)
    .cte("due")
    .prefix_with("MATERIALIZED")
)
CLAIM = (
    update(subscriptions)
    .where(subscriptions.c.id.in_(select(_DUE.c.id)))
    .values(
        next_at=bindparam("lease", type_=Instant),
        token=subscriptions.c.token + 1,
    )
    .returning(*subscriptions.columns)
)
