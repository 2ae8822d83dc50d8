"""What each command of the command line does. Every one returns an exit status."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.progress import track

from bot.authoring.calibrate import calibrate as fit_calibration
from bot.authoring.calibrate import samples_of
from bot.authoring.check import copied_examples, guarded_examples, near_copies, unreachable
from bot.authoring.evaluate import evaluate_cases, evaluate_in_folds
from bot.authoring.questions import Case, QuestionsError, parse_cases, texts_of
from bot.bootstrap import (
    Core,
    build_core,
    build_remind_lines,
    build_storage,
    migrate_storage,
    now,
    read_storage,
)
from bot.corpus.models import Tier
from bot.dialogue.reply import Message
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.errors import ContentError, SettingsError
from bot.ports import Storage
from bot.ports.reminders import silent
from bot.reminders.plans import after_restore
from bot.settings import Settings, load_settings
from bot.shells.calibration import save_calibration
from bot.shells.console import Terminal
from bot.shells.explain import render_explanation
from bot.shells.jsonl import answer_lines, render_json
from bot.shells.leaflet import check_target, checked_username, print_link
from bot.shells.library import load_library
from bot.shells.opinions import letter_fields, letter_texts, tally_fields, tally_texts
from bot.shells.report import print_report, report_fields, to_json
from bot.shells.rich_text import print_reply
from bot.shells.tgbot.links import link_to
from bot.shells.yamlfile import read_text

_err = Console(stderr=True)
_out = Console()


def run_or_play(options: argparse.Namespace) -> int:
    """Without a command: Telegram if there is a token, else the playground."""
    if load_settings().token:
        return run(options)
    _say("TELEGRAM_BOT_TOKEN is not set, so here is the playground instead; .env.example says how to set it.")
    return playground(options)


def run(_options: argparse.Namespace) -> int:
    settings = load_settings()
    if not settings.token:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set; BotFather gives you one. See README.md and .env.example.")
    from bot.shells.tgbot.service import run_bot  # here, since importing python-telegram-bot takes 0.3 s

    run_bot(settings, _core(settings), build_storage(settings, serves=True), now)
    return 0


def migrate(_options: argparse.Namespace) -> int:
    _out.print(migrate_storage(load_settings()), markup=False, highlight=False, soft_wrap=True)
    return 0


def restored(_options: argparse.Namespace) -> int:
    """After a backup of the database was put in its place, before the bot starts."""

    async def put_right(storage: Storage) -> str:
        erased = await storage.chats.forget_again()
        missed = await storage.reminders.restored(silent(after_restore))
        return (
            f"Chats that had been forgotten since the backup was made and are deleted again: {erased}. "
            f"Reminders that were due since, count as missed and are not sent now: {missed}."
        )

    _say(read_storage(load_settings(), put_right))
    return 0


def playground(options: argparse.Namespace) -> int:
    settings = load_settings()
    from bot.shells.playground.run import run_playground  # here, as in run

    def settings_for(token: str, base_url: str, data: Path) -> Settings:
        """Nothing of the playground touches the real bot, its database or its token."""
        own = {
            "telegram_bot_token": SecretStr(token),
            "telegram_api_base_url": base_url,
            "osteon_data": data,
            "osteon_database_url": None,
            "osteon_webhook_url": None,
            "osteon_listen": None,
        }
        return settings.model_copy(update=own)

    run_playground(_core(settings), settings_for, now, port=options.port, browser=not options.no_browser, say=_say)
    return 0


def letters(options: argparse.Namespace) -> int:
    settings = load_settings()
    if options.delete is not None:
        deleted = read_storage(settings, lambda storage: storage.letters.delete(options.delete))
        _out.print(f"Letter {options.delete} is deleted." if deleted else f"There is no letter {options.delete}.")
        return 0 if deleted else 1
    found = read_storage(settings, lambda storage: storage.letters.letters())
    _print_lines(letter_fields(found) if options.json else letter_texts(found))
    return 0


def votes(options: argparse.Namespace) -> int:
    found = read_storage(load_settings(), lambda storage: storage.votes.tallies())
    _print_lines(tally_fields(found) if options.json else tally_texts(found))
    return 0


def chat(options: argparse.Namespace) -> int:
    core = _core(load_settings())
    Terminal(core.knowledge, core.reminders.words, plain=options.plain).talk()
    return 0


def ask(options: argparse.Namespace) -> int:
    if (options.text is None) == (not options.jsonl):
        raise SettingsError('osteon ask takes one question, as in: osteon ask "What does vitamin K2 do?", or --jsonl')
    know = _core(load_settings()).knowledge
    if options.jsonl:
        for line in answer_lines(_lines(sys.stdin.buffer), know):
            _print_json(line)
        return 0
    state = ChatState(level=Tier(options.level)) if options.level else ChatState()
    _, reply = take_turn(state, Message(options.text), know)
    if options.json:
        _print_json(render_json(reply))
    else:
        print_reply(_out, reply)
    if options.explain:
        _err.print(render_explanation(options.text, state, know))
    return 0


def remind(_options: argparse.Namespace) -> int:
    for line in build_remind_lines(load_settings()).answer(_lines(sys.stdin.buffer)):
        _print_json(line)
    return 0


def check(options: argparse.Namespace) -> int:
    from bot.shells.pictures.draw import check_drawings  # here, since importing Pillow takes 0.1 s

    settings = load_settings()
    try:
        core = _core(settings)
    except ContentError as error:
        problems = str(error).split("\n")
    else:
        cases = _cases(sorted(options.questions.glob("*.jsonl")))
        article, catalogue = core.library.article, core.library.catalogue
        problems = [
            *unreachable(article, catalogue),
            *copied_examples(catalogue, texts_of(cases)),
            *guarded_examples(core.knowledge),
            *check_drawings(core.library.pictures.values()),
        ]
    for problem in problems:
        _out.print(problem, markup=False, highlight=False, soft_wrap=True)
    _out.print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'} in content and intents")
    return 1 if problems else 0


def pictures(options: argparse.Namespace) -> int:
    from bot.shells.pictures.draw import write_pictures

    settings = load_settings()
    library = load_library(settings.osteon_content, settings.osteon_intents)
    if library.problems:
        raise ContentError("\n".join(str(problem) for problem in library.problems))
    for path in write_pictures(library.pictures.values(), options.folder):
        _out.print(path, markup=False, highlight=False, soft_wrap=True)
    return 0


def evaluate(options: argparse.Namespace) -> int:
    core = _core(load_settings(), by_meaning=not options.words_alone)
    cases = _cases(options.files)
    shown = _progress(cases, "Asking")
    if options.folds:
        verdicts = evaluate_in_folds(cases, shown, core.knowledge, options.folds)
    else:
        verdicts = list(evaluate_cases(shown, core.knowledge))
    copies = near_copies(core.library.catalogue, texts_of(cases))
    if options.json:
        _print_json(to_json(report_fields(verdicts, copies)))
    else:
        print_report(_out, verdicts, copies, core.knowledge)
    return 0


def link(options: argparse.Namespace) -> int:
    settings = load_settings()
    library = load_library(settings.osteon_content, settings.osteon_intents)
    target = check_target(options.target, library.catalogue)
    from bot.shells.tgbot.username import username_of  # here, since importing python-telegram-bot takes 0.3 s

    username = checked_username(options.username) if options.username else username_of(settings)
    for line in print_link(link_to(username, target), svg=options.svg, png=options.png):
        print(line)  # noqa: T201 - a code that is wrapped or coloured cannot be read
    return 0


def calibrate(options: argparse.Namespace) -> int:
    settings = load_settings()
    core = _core(settings, by_meaning=not options.words_alone)
    cases = _cases(options.files)
    fitted = fit_calibration(samples_of(_progress(cases, "Reading"), core.knowledge))
    path = save_calibration(settings.osteon_intents, fitted, with_encoder=core.warning is None)
    _out.print(f"Wrote {path}. Run osteon eval to see what it does.")
    return 0


def _say(text: str) -> None:
    _err.print(text, markup=False, highlight=False, soft_wrap=True)


def _core(settings: Settings, *, by_meaning: bool = True) -> Core:
    core = build_core(
        settings, by_meaning=by_meaning, progress=lambda texts: _shown_if_long(texts, "Reading the examples, once")
    )
    if core.warning:
        _err.print(f"Warning: {core.warning}", style="yellow")
    return core


def _progress(cases: Sequence[Case], label: str) -> Iterable[Case]:
    return track(cases, description=label, console=_err, transient=True, disable=len(cases) < 100)


def _shown_if_long(texts: Sequence[str], label: str) -> Iterator[str]:
    yield from track(texts, description=label, console=_err, transient=True, disable=len(texts) < 200)


def _cases(paths: Iterable[Path]) -> list[Case]:
    cases = []
    for path in paths:
        text, fault = read_text(path)
        if fault:
            raise QuestionsError(f"{path}: {fault}. Name a file of labelled questions, as in tests/questions.")
        cases += parse_cases(text, str(path))
    return cases


def _print_json(text: str) -> None:
    """As UTF-8, whatever the terminal's encoding is: programs read it."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print(text, flush=True)  # noqa: T201


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        _print_json(line)


def _lines(stream: Iterable[bytes]) -> Iterator[str]:
    r"""Lines of a binary stream, parted at "\n" only: texts may hold any other line break."""
    for line in stream:
        yield line.decode("utf-8", errors="replace").rstrip("\n")
