"""`osteon letters` and `osteon votes`: what the author reads."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.bootstrap import build_storage
from bot.corpus.models import Tier
from bot.dialogue.reply import Outcome
from bot.ports import Judged, Storage
from bot.settings import load_settings
from bot.shells.opinions import NO_LETTERS, NO_VOTES

CHAT = 987654321
REFUSAL = Judged(Outcome.OUT_OF_SCOPE, None, Tier.FUNDAMENTALS)


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OSTEON_DATA", str(tmp_path))
    monkeypatch.delenv("OSTEON_DATABASE_URL", raising=False)


def write(put: Callable[[Storage], Awaitable[object]]) -> None:
    async def written() -> None:
        async with build_storage(load_settings()) as storage:
            await put(storage)

    asyncio.run(written())


def test_nothing_yet_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert [main([command]) for command in ("letters", "votes")] == [0, 0]
    assert capsys.readouterr().out.splitlines() == [NO_LETTERS, NO_VOTES]
    assert [main([command, "--json"]) for command in ("letters", "votes")] == [0, 0]
    assert capsys.readouterr().out == ""


def test_letters_are_listed_without_whose_they_are_and_deleted(capsys: pytest.CaptureFixture[str]) -> None:
    write(lambda storage: storage.letters.send(CHAT, 5, "Does [b]zinc[/b]\nhelp\x1b[2J?", REFUSAL, most=9))
    assert main(["letters"]) == 0
    shown = capsys.readouterr().out
    assert "    Does [b]zinc[/b]\n    help�[2J?\n" in shown
    assert str(CHAT) not in shown
    assert main(["letters", "--json"]) == 0
    letter = json.loads(capsys.readouterr().out)
    assert (letter["text"], letter["outcome"]) == ("Does [b]zinc[/b]\nhelp\x1b[2J?", "out_of_scope")
    assert set(letter) == {"id", "text", "outcome", "intent", "sent_at"}
    assert [main(["letters", "--delete", str(letter["id"])]) for _ in range(2)] == [0, 1]
    assert capsys.readouterr().out.splitlines() == [
        f"Letter {letter['id']} is deleted.",
        f"There is no letter {letter['id']}.",
    ]


@pytest.mark.parametrize("number", ["0", "-3", "99999999999999", "all"])
def test_a_number_that_no_letter_has_is_refused(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["letters", "--delete", number])
    assert "ID" in capsys.readouterr().err


def test_votes_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Judged(Outcome.ANSWER, "vitamin-k2/role", Tier.ACADEMIC)
    write(lambda storage: storage.votes.vote(CHAT, 1, answer, liked=True))
    write(lambda storage: storage.votes.vote(CHAT, 2, REFUSAL, liked=False))
    assert main(["votes"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "    0     1  out_of_scope",
        "    1     0  answer vitamin-k2/role",
    ]
    assert main(["votes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[1]) == {
        "outcome": "answer", "intent": "vitamin-k2/role", "up": 1, "down": 0,
    }  # fmt: skip
