import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from bot.authoring.evaluate import Verdict, evaluate_cases, figures
from bot.authoring.questions import Case, Turn, parse_cases
from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Outcome, Reply
from bot.shells.report import print_report, report_fields, to_json

COPIES = [("vitamin-k2/role", "what k2 does", "what K2 [does]?")]


def _verdict(turn: Turn, reply: Reply, *, right: bool = False, kind: str = "inscope", button: bool = False) -> Verdict:
    return Verdict(Case("q-1", kind, (turn,)), turn, reply, right=right, button=button)


def _reply(outcome: Outcome, lead: str = "") -> Reply:
    return Reply(outcome, Tier.FUNDAMENTALS, lead=lead, intent="vitamin-k2/role" if outcome == Outcome.ANSWER else None)


def _printed(verdicts: list[Verdict], know: Knowledge) -> str:
    console = Console(file=io.StringIO(), width=160, color_system=None)
    print_report(console, verdicts, COPIES, know)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


QUESTION = Turn(
    "what is [bold]K2[/bold]\nfor?", (Outcome.ANSWER,), any_of=("calcium traffic",), none_of=("never this",)
)
MISSES = [
    (_verdict(QUESTION, _reply(Outcome.CLARIFY), button=True), "it was asked back"),
    (_verdict(QUESTION, _reply(Outcome.OUT_OF_SCOPE)), "it was refused"),
    (_verdict(QUESTION, _reply(Outcome.URGENT)), "it was taken for an emergency"),
    (_verdict(QUESTION, _reply(Outcome.SMALLTALK)), "it was taken for small talk"),
    (_verdict(QUESTION, _reply(Outcome.ANSWER)), "it shows none of what was expected"),
    (_verdict(QUESTION, _reply(Outcome.ANSWER, "Never  this!")), "it shows “never this”"),
    (_verdict(Turn("x", (Outcome.ANSWER,), level=Tier.ACADEMIC), _reply(Outcome.ANSWER)), "the level is fundamentals"),
    (_verdict(Turn("x", (Outcome.OUT_OF_SCOPE,)), _reply(Outcome.ANSWER), kind="near"), "it was answered"),
]


@pytest.mark.parametrize(("verdict", "why"), MISSES)
def test_every_miss_says_why(verdict: Verdict, why: str, know: Knowledge) -> None:
    (miss,) = report_fields([verdict], [])["misses"]
    assert miss["why"] == why
    assert f"why      {why}" in _printed([verdict], know)


def test_a_miss_shows_what_was_asked_what_was_expected_and_what_came(know: Knowledge) -> None:
    shown = _printed([MISSES[0][0]], know)
    assert "q-1 (inscope) “what is [bold]K2[/bold] for?”\n" in shown
    assert "    expected answer with “calcium traffic”\n" in shown
    assert "    came     clarify, nearest vitamin-k2/" in shown
    assert ", the right one on a button; covered 0." in shown


def test_a_long_text_is_shortened_for_people_and_whole_for_machines(know: Knowledge) -> None:
    verdict = _verdict(Turn("k2 " * 200, (Outcome.ANSWER,), any_of=("x",)), _reply(Outcome.CLARIFY))
    assert "k2 k2…”" in _printed([verdict], know)
    assert report_fields([verdict], [])["misses"][0]["text"] == "k2 " * 200


def test_figures_confusions_and_copies_are_counted(know: Knowledge) -> None:
    verdicts = [verdict for verdict, _ in MISSES] + [_verdict(QUESTION, _reply(Outcome.ANSWER), right=True)]
    fields = report_fields(verdicts, COPIES)
    assert (fields["turns"], fields["right"], len(fields["misses"])) == (9, 1, 8)
    assert [row["name"] for row in fields["figures"]] == [figure.name for figure in figures(verdicts)]
    assert {"kind": "inscope", "intent": "vitamin-k2/role", "times": 3} in fields["confusions"]
    assert fields["near_copies"] == [
        {"owner": "vitamin-k2/role", "example": "what k2 does", "question": "what K2 [does]?"}
    ]
    shown = _printed(verdicts, know)
    assert "not reached" in shown
    assert "vitamin-k2/role: “what k2 does” ~ “what K2 [does]?”" in shown


def test_the_json_can_be_written_and_read_again() -> None:
    fields = report_fields([_verdict(Turn("half \ud83d", (Outcome.ANSWER,)), _reply(Outcome.CLARIFY))], [])
    assert json.loads(to_json(fields).encode()) == fields


def test_nothing_asked_gives_an_empty_report(know: Knowledge) -> None:
    assert "Misses: none" in _printed([], know)


def test_labelled_questions_go_all_the_way(know: Knowledge) -> None:
    path = Path(__file__).parents[1] / "questions" / "dialogues.jsonl"
    verdicts = list(evaluate_cases(parse_cases(path.read_text(encoding="utf-8"), path.name)[:5], know))
    assert "dialogue turns right" in _printed(verdicts, know)
    to_json(report_fields(verdicts, []))
