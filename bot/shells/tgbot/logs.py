"""What may be written to the log: ids and types of errors; never a person's words, never the token.

The message of an exception, and the arguments of the libraries' log records, may hold either. So an exception is logged
as its type and stack, records of libraries without their arguments, and the token is cut out of whatever is left.
"""

from __future__ import annotations

import logging
import sys
import traceback

from telegram.error import InvalidToken

LOUD_LIBRARIES = ("httpx", "httpcore", "telegram", "asyncio", "alembic", "uvicorn")
"""Held at WARNING whatever the level is: below it httpx writes addresses with the token, and PTB whole updates."""


class Discreet(logging.Formatter):
    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        shown = logging.makeLogRecord(record.__dict__ | {"exc_info": None, "exc_text": None, "stack_info": None})
        if not record.name.startswith("bot."):
            shown.msg, shown.args = str(record.msg).partition("\n")[0], None
        line = super().format(shown)
        if record.exc_info and record.exc_info[1] and not isinstance(record.exc_info[1], InvalidToken):
            line = f"{line}\n{describe(record.exc_info[1])}"
        return line.replace(self._token, "<token>")


def describe(error: BaseException) -> str:
    """Types and stack of an exception and its causes, without their messages."""
    stack = "".join(traceback.format_tb(error.__traceback__))
    cause = error.__cause__ or error.__context__
    kind = type(error)
    told = f"{stack}{kind.__module__}.{kind.__qualname__}"
    return f"{describe(cause)}\nthen\n{told}" if cause else told


def set_up_logs(level: str, token: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet(token))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in LOUD_LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
