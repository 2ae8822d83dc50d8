"""The command line: osteon run, chat, ask, check, eval, calibrate."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import commands
from bot.corpus.models import Tier
from bot.errors import BotError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, 1 for a problem that the message explains, 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except BotError as error:
        print(f"osteon: {error}", file=sys.stderr)  # noqa: T201 - this is the command line
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away, as in `osteon ask --jsonl | head`
        return 0
    return status
