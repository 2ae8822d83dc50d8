"""The README shows a conversation as it was recorded, with `osteon chat --plain`; the bot must still say the same."""

import io
import re
import sys
from pathlib import Path

import pytest

from bot.bootstrap import Core
from bot.dialogue.knowledge import Knowledge
from bot.shells.console import Terminal

README = Path(__file__).parents[1] / "README.md"


def test_the_conversation_in_the_readme_is_real(
    core: Core, know: Knowledge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = re.search(r"```text\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert shown, "README.md shows no conversation"
    asked = re.findall(r"^> (.*)$", shown[1], re.MULTILINE)
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(asked)))
    Terminal(know, core.reminders.words, plain=True).talk()
    assert _folded(capsys.readouterr().out).startswith(_folded(shown[1]))


def _folded(text: str) -> str:
    """Without line breaks: the README's lines are shorter."""
    return " ".join(text.split())
