"""The command line from outside."""

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from bot import commands
from bot.__main__ import main
from bot.bootstrap import Core
from bot.shells.library import data_folder

Run = Callable[..., tuple[int, str, str]]
QUESTIONS = Path(__file__).parent / "questions"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in an empty folder without any setting; gives its status, output and errors."""
    for name in list(os.environ):
        if name.startswith(("TELEGRAM_", "OSTEON_")) and name != "OSTEON_DATA":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str, typed: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
        try:
            status = main(arguments)
        except SystemExit as left:
            status = int(left.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return ran


@pytest.fixture
def built(core: Core, monkeypatch: pytest.MonkeyPatch) -> Core:
    """The core, already built, for commands that would build the same."""
    monkeypatch.setattr(commands, "build_core", lambda *_arguments, **_named: core)
    return core


@pytest.fixture
def intents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Copies intents/, to be broken, and names the copy in the settings."""

    def copied() -> Path:
        folder = tmp_path / "intents"
        shutil.copytree(data_folder("intents"), folder)
        monkeypatch.setenv("OSTEON_INTENTS", str(folder))
        return folder

    return copied


def test_the_version_is_told(run: Run) -> None:
    assert run("--version")[:2] == (0, f"osteon {version('osteon')}\n")


def test_help_lists_every_command(run: Run) -> None:
    status, told, _ = run("--help")
    assert status == 0
    assert all(
        f"\n    {name}" in told
        for name in ("run", "chat", "ask", "check", "eval", "migrate", "link", "pictures", "calibrate")
    )


def test_an_unknown_level_is_wrong_usage_and_the_levels_are_told(run: Run) -> None:
    status, _, errors = run("ask", "--level", "expert", "what is RANKL")
    assert status == 2
    assert all(level in errors for level in ("fundamentals", "intermediate", "academic"))


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "--jsonl", "a question"]])
def test_ask_takes_one_question_or_lines(arguments: list[str], run: Run) -> None:
    status, out, errors = run(*arguments)
    assert (status, out) == (1, "")
    assert errors.startswith("osteon: osteon ask takes one question")


@pytest.mark.usefixtures("built")
def test_ask_quotes_and_cites(run: Run) -> None:
    status, out, errors = run("ask", "what does [bold]vitamin K2[/bold] do?")
    assert (status, errors) == (0, "")
    assert "critical director of calcium traffic" in out
    assert "\n— Intermediate › " in out


@pytest.mark.usefixtures("built")
def test_ask_answers_at_the_level_that_was_asked_for(run: Run) -> None:
    assert json.loads(run("ask", "--json", "--level", "academic", "what does calcium do")[1])["level"] == "academic"


@pytest.mark.usefixtures("built")
def test_explain_keeps_the_answer_apart_from_the_figures(run: Run) -> None:
    status, out, errors = run("ask", "--json", "--explain", "which foods hold magnesium for my bones")
    assert status == 0
    assert json.loads(out)["outcome"]
    assert "How this was decided" in errors
    assert "covered" in errors


@pytest.mark.usefixtures("built")
def test_json_lines_with_broken_ones_between_them(run: Run) -> None:
    lines = [
        b'{"id": "q1", "text": "What does vitamin K2 do?", "chat": 1}',
        b"no JSON",
        b'{"id": "q2", "text": "source?", "chat": 1}',
        b"",
        b'{"id": "bad", "text": "\xff\xfe"}',
        b'{"id": "half", "text": "\\ud800 what is RANKL"}',
        b'{"id": "press", "press": "no/such"}\r',
    ]
    status, out, errors = run("ask", "--jsonl", typed=b"\n".join(lines))
    answers = [json.loads(line) for line in out.splitlines()]
    assert (status, errors) == (0, "")
    assert [answer["id"] for answer in answers] == ["q1", None, "q2", None, "bad", "half", "press"]
    assert [answer["id"] for answer in answers if "error" in answer] == [None, None]
    assert answers[2]["intent"] == answers[0]["intent"] == "vitamin-k2/role"


def test_json_lines_through_a_real_pipe_are_utf8_whatever_the_terminal(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        input='{"id": "β", "press": "vitamin-k2/role"}\n{"id"\n'.encode(),
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path(commands.__file__).parents[1])},
        cwd=tmp_path,
        check=True,
    )
    first, second = done.stdout.decode("utf-8").splitlines()
    assert json.loads(first)["id"] == "β"
    assert json.loads(second)["id"] is None
    assert done.stderr == b""


def test_without_a_command_and_a_token_the_playground_opens_and_we_say_why(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[int | None, bool]] = []

    def playground(options: argparse.Namespace) -> int:
        opened.append((options.port, options.no_browser))
        return 0

    monkeypatch.setattr(commands, "playground", playground)
    status, _, errors = run()
    assert (status, opened) == (0, [(None, False)])
    assert errors.startswith("TELEGRAM_BOT_TOKEN is not set")


def test_run_without_a_token_says_where_to_get_one(run: Run) -> None:
    status, _, errors = run("run")
    assert status == 1
    assert "BotFather" in errors


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("OSTEON_LOG_LEVEL", "loud", "one of DEBUG, INFO, WARNING and ERROR"),
        ("OSTEON_CONCURRENCY", "many", "a whole number from 1 to 64"),
        ("OSTEON_CONCURRENCY", "0", "a whole number from 1 to 64"),
        ("TELEGRAM_API_BASE_URL", "http://127.0.0.1:8081", "a web address that ends in /bot"),
    ],
)
@pytest.mark.parametrize("command", [["check"], ["ask", "hello"], ["run"], []])
def test_a_setting_that_cannot_be_used_is_one_sentence(
    name: str, value: str, allowed: str, command: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    status, out, errors = run(*command)
    assert (status, out) == (1, "")
    assert errors.count("\n") == 1
    assert errors.casefold().startswith(f"osteon: {name} is '{value}'; it must be {allowed}".casefold())


def test_every_setting_that_cannot_be_used_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSTEON_LOG_LEVEL", "loud")
    monkeypatch.setenv("OSTEON_CONCURRENCY", "many")
    assert run("check")[2].count("osteon: OSTEON_") == 2


def test_a_token_file_that_cannot_be_read_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(tmp_path / "nowhere"))
    status, _, errors = run("run")
    assert status == 1
    assert errors.startswith("osteon: TELEGRAM_BOT_TOKEN_FILE is ")


def test_check_tells_all_problems_of_intents_at_once(run: Run, intents: Callable[[], Path]) -> None:
    folder = intents()
    (folder / "levels.yaml").unlink()
    (folder / "synonyms.yaml").write_bytes(b"\xff")
    (folder / "smalltalk.yaml").write_text("greeting: {a: [}\n", encoding="utf-8")
    topic = folder / "topics" / "vitamin-k2.yaml"
    topic.write_text(
        topic.read_text(encoding="utf-8").replace("topic: vitamin-k2", "topic: vitamin-k3"), encoding="utf-8"
    )
    status, out, _ = run("check")
    assert status == 1
    assert "levels.yaml: the file cannot be read (No such file or directory)\n" in out
    assert "synonyms.yaml: the file is not UTF-8" in out
    assert "smalltalk.yaml:1: this is no valid YAML" in out
    assert 'vitamin-k2.yaml:1: topic "vitamin-k3" must stand in a file of its own name' in out
    assert out.splitlines()[-1].endswith(" problems in content and intents")


@pytest.mark.parametrize("command", [["ask", "hello"], ["chat"], ["eval", str(QUESTIONS / "oos.jsonl")]])
def test_the_bot_does_not_start_on_broken_intents(command: list[str], run: Run, intents: Callable[[], Path]) -> None:
    (intents() / "levels.yaml").unlink()
    status, out, errors = run(*command)
    assert (status, out) == (1, "")
    assert "levels.yaml: the file cannot be read" in errors
    assert all(line.startswith("osteon: ") for line in errors.splitlines())


@pytest.mark.parametrize("setting", ["OSTEON_INTENTS", "OSTEON_CONTENT"])
def test_a_folder_that_is_none_of_ours_is_named(setting: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(setting, "/nowhere")
    status, out, _ = run("check")
    assert status == 1
    assert out.startswith("/nowhere holds no ")
    assert setting in out


@pytest.mark.usefixtures("built")
def test_check_reports_a_question_that_is_an_example(run: Run, tmp_path: Path, built: Core) -> None:
    example = next(iter(built.knowledge.intents.values())).examples[0]
    line = {"id": "x", "text": example, "expect_any": ["x"]}
    (tmp_path / "questions.jsonl").write_text(json.dumps(line), encoding="utf-8")
    status, out, _ = run("check", "--questions", str(tmp_path))
    assert status == 1
    assert f'the example "{example}" is a labelled question' in out


@pytest.mark.usefixtures("built")
def test_eval_prints_figures_for_people_and_for_machines(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "few.jsonl"
    path.write_text(
        "\n".join((QUESTIONS / "oos.jsonl").read_text(encoding="utf-8").splitlines()[:20]), encoding="utf-8"
    )
    status, out, _ = run("eval", str(path))
    assert status == 0
    assert "not answered" in out
    assert "Misses: " in out
    assert json.loads(run("eval", "--json", str(path))[1])["turns"] == 20


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file or directory"),
        (b"\xff", "not UTF-8"),
        (b'\n{"id": 1}\n', "questions.jsonl:2: this is no labelled question"),
    ],
)
def test_questions_that_cannot_be_read_are_named(content: bytes | None, told: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    if content is not None:
        path.write_bytes(content)
    status, out, errors = run("eval", str(path))
    assert (status, out) == (1, "")
    assert errors.startswith(f"osteon: {path}")
    assert told in errors


def test_migrate_makes_the_embedded_database_and_then_finds_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSTEON_DATA", str(tmp_path / "data"))
    path = tmp_path / "data" / "osteon.sqlite3"
    assert run("migrate") == (0, f"Brought the database {path} up to date.\n", "")
    assert run("migrate") == (0, f"Found the database {path} up to date.\n", "")


def test_pictures_are_drawn_into_a_folder(run: Run) -> None:
    status, out, errors = run("pictures", "drawn")
    assert (status, errors) == (0, "")
    assert "drawn/signals-dark.png" in out.replace(os.sep, "/").splitlines()
    assert len(out.splitlines()) == len(list(Path("drawn").glob("*.png")))


@pytest.mark.parametrize("command", [("check",), ("pictures", "drawn")])
def test_a_word_of_a_picture_that_is_not_the_article_s_is_told(
    command: tuple[str, ...], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Path(shutil.copytree(data_folder("content"), tmp_path / "content"))
    file = content / "pictures.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("fresh, strong", "dense, strong"), encoding="utf-8")
    monkeypatch.setenv("OSTEON_CONTENT", str(content))
    status, out, errors = run(*command)
    assert status == 1
    assert 'picture "remodeling-cycle": "create dense, strong, healthy bone" does not stand in' in out + errors


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("command", ["run", "migrate"])
def test_a_damaged_database_is_told_and_nothing_starts(
    command: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSTEON_DATA", str(tmp_path))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:abc")
    (tmp_path / "osteon.sqlite3").write_bytes(b"no database" * 100)
    status, out, errors = run(command)
    assert (status, out) == (1, "")
    assert errors.startswith(f"osteon: The database {tmp_path / 'osteon.sqlite3'} is damaged (")


def test_only_what_needs_the_database_telegram_or_pictures_waits_for_their_libraries(tmp_path: Path) -> None:
    code = "import sys, bot.__main__; print({'sqlalchemy', 'alembic', 'asyncpg', 'telegram', 'PIL'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=tmp_path, check=True)  # noqa: S603
    assert done.stdout.split() == [b"set()"]


def test_a_link_needs_neither_token_nor_network_if_the_bot_is_named(run: Run) -> None:
    status, told, _ = run("link", "vitamin-k2/foods", "--username", "osteon_bot")
    assert (status, told.splitlines()[0]) == (0, "https://t.me/osteon_bot?start=vitamin-k2__foods")
    assert "▄" in told


def test_a_link_without_a_name_says_how_to_give_one(run: Run) -> None:
    status, _, errors = run("link")
    assert status == 1
    assert "osteon link --username osteon_bot" in errors
