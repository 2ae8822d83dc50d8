from __future__ import annotations

import logging

from telegram.error import InvalidToken

from bot.shells.tgbot.logs import Discreet, describe

TOKEN = "123:secret"  # noqa: S105 - it opens nothing


def logged(name: str, message: str, *arguments: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    return Discreet(TOKEN).format(logging.LogRecord(name, logging.ERROR, "", 1, message, arguments, info))


def raised(said: str = "private words") -> ValueError:
    try:
        try:
            raise KeyError(said)
        except KeyError as cause:
            raise ValueError(said) from cause
    except ValueError as error:
        return error


def test_our_own_lines_are_written_in_full() -> None:
    assert logged("bot.shells.tgbot.app", "chat %s", 5).endswith("ERROR bot.shells.tgbot.app: chat 5")


def test_the_libraries_lines_are_written_without_what_they_were_given() -> None:
    assert "private" not in logged("telegram.request", 'invalid JSON: "%s"', "private words")


def test_an_exception_is_written_as_its_types_and_stack_without_its_message() -> None:
    line = logged("asyncio", "Task exception was never retrieved\nfuture: private", error=raised())
    assert "private" not in line
    assert "builtins.KeyError" in line
    assert "builtins.ValueError" in line
    assert "in raised" in describe(raised())


def test_the_token_is_written_nowhere() -> None:
    assert TOKEN not in logged("bot.x", f"asked /bot{TOKEN}/getMe")
    assert "in raised" not in logged("telegram.ext", "Invalid token.", error=InvalidToken())
