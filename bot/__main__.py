"""The command line. With no arguments: the Telegram bot if there is a token, else the playground."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path

from bot import commands
from bot.corpus.models import Tier
from bot.errors import BotError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, 1 for a problem that the message explains, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign of the article shows "?" for it
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except BotError as error:
        print("\n".join(f"osteon: {line}" for line in str(error).split("\n")), file=sys.stderr)  # noqa: T201 - this is the command line
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away, as in `osteon ask --jsonl | head`
        return 0
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="osteon", description=__doc__)
    parser.add_argument("--version", action="version", version=f"osteon {version('osteon')}")
    parser.set_defaults(run=commands.run_or_play, port=None, no_browser=False)
    add = parser.add_subparsers(title="commands", metavar="COMMAND").add_parser

    _command(add("run", help="the Telegram bot; needs TELEGRAM_BOT_TOKEN"), commands.run)

    play = _command(add("playground", help="the real bot in your browser, without a token"), commands.playground)
    play.add_argument("--port", type=int, metavar="N", help="where to listen on 127.0.0.1; 0 for any free port")
    play.add_argument("--no-browser", action="store_true", help="only say where the page is")

    chat = _command(add("chat", help="the same conversation in this terminal"), commands.chat)
    chat.add_argument("--plain", action="store_true", help="no colour, no line editing")

    ask = _command(add("ask", help="one question, or JSON lines"), commands.ask)
    ask.add_argument("text", nargs="?", help="the question")
    ask.add_argument("--level", choices=[tier.value for tier in Tier], help="how deep the answer goes")
    ask.add_argument("--explain", action="store_true", help="every figure of the decision")
    form = ask.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the reply as one JSON object")
    form.add_argument("--jsonl", action="store_true", help="JSON lines from standard input to standard output")

    remind = _command(add("remind", help="what texts and places mean for reminders, as JSON lines"), commands.remind)
    remind.add_argument("--jsonl", action="store_true", required=True, help="from standard input to standard output")

    check = _command(add("check", help="all problems of content and intents at once"), commands.check)
    check.add_argument(
        "--questions", type=Path, default=Path("tests/questions"), help="folder of labelled questions (%(default)s)"
    )

    evaluate = _command(add("eval", help="figures, confusions and misses on labelled questions"), commands.evaluate)
    evaluate.add_argument("files", nargs="+", type=Path, metavar="FILE", help="labelled questions, JSON lines")
    evaluate.add_argument("--json", action="store_true", help="for machines")
    evaluate.add_argument(
        "--folds", type=int, default=0, metavar="N", help="calibrate on N-1 parts, measure on the one left out, N times"
    )

    evaluate.add_argument("--words-alone", action="store_true", help="without the sentence encoder")

    _command(add("migrate", help="bring the database's schema up to date; needed on PostgreSQL"), commands.migrate)

    _command(
        add("restored", help="after a backup was restored: send nothing twice, forget again who was forgotten"),
        commands.restored,
    )

    link = _command(
        add("link", help="the bot's address, or an answer's, with a QR code to point a phone at"), commands.link
    )
    link.add_argument("target", nargs="?", default="", metavar="ID", help="an intent, as vitamin-k2/foods, or a topic")
    link.add_argument("--username", metavar="NAME", help="the bot's name; without it Telegram is asked for it")
    link.add_argument("--svg", type=Path, metavar="FILE", help="the QR code as a drawing, for a leaflet")
    link.add_argument("--png", type=Path, metavar="FILE", help="the QR code as a picture")

    letters = _command(add("letters", help="questions that people sent to the author, newest last"), commands.letters)
    shown = letters.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="JSON lines, for machines")
    shown.add_argument("--delete", type=_row_number, metavar="ID", help="delete one for good")

    votes = _command(add("votes", help="how often replies were liked and disliked"), commands.votes)
    votes.add_argument("--json", action="store_true", help="JSON lines, for machines")

    pictures = _command(add("pictures", help="draw all pictures, to look at them"), commands.pictures)
    pictures.add_argument("folder", type=Path, metavar="FOLDER", help="where to write them")

    calibrate = _command(add("calibrate", help="fit the thresholds on labelled questions"), commands.calibrate)
    calibrate.add_argument("files", nargs="+", type=Path, metavar="FILE", help="labelled questions, JSON lines")
    calibrate.add_argument("--words-alone", action="store_true", help="for matching without the sentence encoder")
    return parser


def _row_number(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**31:
        raise ValueError(text)
    return number


def _command(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
