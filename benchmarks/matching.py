"""How often the right place of the article is found: the matcher beside simpler methods, on the same questions.

Each method ranks the intents for every labelled question that the article covers. A question counts as answered if
the answer of the best intent shows what was asked for, judged as `osteon eval` does; and as found among three if that
of one of the three best does. Nothing is refused or asked back here: what that adds is in `make eval`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.authoring.questions import Turn, parse_cases, shows
from bot.bootstrap import Core, build_core
from bot.dialogue import compose
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.state import ChatState
from bot.matching.matcher import classes_of
from bot.matching.normalise import fold
from bot.matching.word_head import WordHead
from bot.settings import Settings, load_settings
from bot.shells.encoder.cache import BlobCache, CachedEncoder
from bot.shells.encoder.minilm import MODEL_SHA256, MiniLM

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions"

Ranking = Callable[[str, ChatState], Sequence[str]]
"""From a question to the intents, the best first."""


@dataclass(frozen=True)
class Row:
    method: str
    best: float
    """Share of questions, in [0, 1], that the best intent answers."""
    among_three: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args()
    settings = load_settings()
    core = build_core(settings)
    know, turns = core.knowledge, _covered_questions()
    rows = [
        _measured(name, rank, track(turns, name, console=Console(stderr=True), transient=True), know)
        for name, rank in _methods(core, settings).items()
    ]
    if options.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        Console().print(_table(rows, len(turns)))
    return 0


def _methods(core: Core, settings: Settings) -> dict[str, Ranking]:
    return {
        "rapidfuzz WRatio": _by_likeness(fuzz.WRatio, core.knowledge),
        "rapidfuzz token_set_ratio": _by_likeness(fuzz.token_set_ratio, core.knowledge),
        "the head on words alone": _by_words(core),
        "the encoder's nearest examples alone": _by_neighbours(core, settings),
        "the whole matcher": _by_all(core.knowledge),
    }


def _by_likeness(scorer: Callable[..., float], know: Knowledge) -> Ranking:
    """As `process.extractOne` ranks, ties and all: the example that stands first goes first."""
    pairs = [(fold(example), intent.id) for intent in know.intents.values() for example in intent.examples]
    examples, owners = zip(*pairs, strict=True)

    def rank(text: str, _state: ChatState) -> Sequence[str]:
        found = process.extract(fold(text), examples, scorer=scorer, limit=None)
        return list(dict.fromkeys(owners[at] for _, _, at in found))

    return rank


def _by_words(core: Core) -> Ranking:
    know = core.knowledge
    classes = classes_of(know.catalogue, know.article, know.reader)
    texts = (*classes.examples.texts, *classes.sentences.texts)
    labels = np.concatenate([classes.examples.label_array(), classes.sentences.label_array()])
    head = WordHead(texts, labels, classes.intents, lambda _key, compute: compute())
    ids = list(know.intents)
    return lambda text, _state: [ids[at] for at in np.argsort(-head.logits(know.reader.read(text).text), kind="stable")]


def _by_neighbours(core: Core, settings: Settings) -> Ranking:
    know = core.knowledge
    encoder = CachedEncoder(MiniLM(), BlobCache(settings.osteon_data / "cache" / "fitted.sqlite3"), MODEL_SHA256)
    pairs = [(know.reader.read_author(text), intent.id) for intent in know.intents.values() for text in intent.examples]
    vectors = encoder.encode_all([text for text, _ in pairs])

    def rank(text: str, _state: ChatState) -> Sequence[str]:
        order = np.argsort(-(vectors @ encoder.encode(know.reader.read(text).text)), kind="stable")
        return list(dict.fromkeys(pairs[at][1] for at in order))

    return rank


def _by_all(know: Knowledge) -> Ranking:
    return lambda text, state: [match.intent.id for match in know.matcher.match(text, level=state.level).ranked]


def _covered_questions() -> list[Turn]:
    paths = sorted(QUESTIONS.glob("*.jsonl"))
    cases = [case for path in paths for case in parse_cases(path.read_text(encoding="utf-8"), path.name)]
    return [case.turns[0] for case in cases if case.is_inside]


def _measured(name: str, rank: Ranking, turns: Iterable[Turn], know: Knowledge) -> Row:
    rights = [_rights(turn, rank, know) for turn in turns]
    return Row(name, float(np.mean([right[0] for right in rights])), float(np.mean([any(right) for right in rights])))


def _rights(turn: Turn, rank: Ranking, know: Knowledge) -> list[bool]:
    """For each of the three best intents, whether it answers the question at the level that was asked for."""
    wish, rest = know.level_words.read(know.reader.read(turn.text).mended)
    state = ChatState(level=wish.applied(ChatState().level)) if wish else ChatState()
    best = islice(rank(rest if wish else turn.text, state), 3)
    return [shows(turn, compose.answer(state, [intent], know)[1], know) for intent in best]


def _table(rows: Sequence[Row], questions: int) -> Table:
    table = Table(f"{questions} questions that the article covers", show_edge=False)
    table.add_column("best, %", justify="right", no_wrap=True)
    table.add_column("among three, %", justify="right", no_wrap=True)
    for row in rows:
        table.add_row(row.method, f"{100 * row.best:.1f}", f"{100 * row.among_three:.1f}")
    return table


if __name__ == "__main__":
    sys.exit(main())
