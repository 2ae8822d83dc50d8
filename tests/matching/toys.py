"""Small stand-ins for matching: a catalogue of three intents, and an encoder that hears only the words it knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bot.corpus.models import Article, Part, Passage, Pointer, Tier
from bot.matching.encoder import Matrix, Vector
from bot.matching.intents import Catalogue, Guard, Intent, SmallTalk, Subject, Topic
from bot.matching.normalise import words_of
from bot.matching.reader import Reader
from bot.matching.remembered import Arrays
from bot.matching.spelling import Speller

PASSAGES = {
    "calcium": Passage("calcium", Part.FUNDAMENTALS, "Food", ("Calcium makes bone hard.", "It is in milk.")),
    "estrogen": Passage("estrogen", Part.FUNDAMENTALS, "Hormones", ("Estrogen slows the cells that clear bone.",)),
}
ARTICLE = Article(PASSAGES, ())


class WordEncoder:
    """A dimension for each word of the vocabulary; other words are not heard at all."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._number = {word: number for number, word in enumerate(vocabulary)}
        self.encoded: list[str] = []

    def encode(self, text: str) -> Vector:
        self.encoded.append(text)
        vector = np.full(len(self._number) + 1, 1e-3, np.float32)
        for word in text.split():
            vector[self._number.get(word, len(self._number))] += 1
        norm: Vector = vector / np.linalg.norm(vector)
        return norm

    def encode_all(self, texts: Sequence[str]) -> Matrix:
        return np.stack([self.encode(text) for text in texts])


def anew(_key: Sequence[str], compute: Callable[[], Arrays]) -> Arrays:
    """Remembers nothing."""
    return compute()


def intent(topic: str, aspect: str, title: str, pointer: str, *examples: str) -> Intent:
    passage = PASSAGES[pointer]
    excerpts = {Tier.FUNDAMENTALS: (Pointer(pointer, 1, len(passage.sentences)),)}
    return Intent(topic, aspect, title, excerpts, examples)


def topic(id_: str, *intents: Intent, names: tuple[str, ...] = ()) -> Topic:
    return Topic(id_, id_, "Nutrition", names or (id_,), (), (), intents)


CALCIUM = intent("calcium", "role", "What calcium does", "calcium", "what does calcium do", "why do bones need calcium")
FOODS = intent("calcium", "foods", "Foods with calcium", "calcium", "foods with calcium", "is there calcium in milk")
ESTROGEN = intent("estrogen", "role", "What estrogen does", "estrogen", "what does estrogen do", "estrogen and bones")
ZINC = Subject("zinc", None, "zinc", "Ask a dietitian.", ("calcium",), ("zinc",), ("do bones need zinc", "zinc foods"))
DOSE = Subject("dose", Guard.DOSE, "doses", "Ask your doctor.", (), (), ("how much a day", "which dose is right"))
THANKS = SmallTalk("thanks", "You are welcome.", ("thanks", "thank you so much"))
CATALOGUE = Catalogue(
    {"calcium": topic("calcium", CALCIUM, FOODS), "estrogen": topic("estrogen", ESTROGEN)},
    {"zinc": ZINC, "dose": DOSE},
    {"thanks": THANKS},
    {"womb": "uterus", "vit d": "vitamin d"},
)
WORDS = words_of(
    "what does calcium do why bones need foods with is there in milk estrogen and zinc how much a day which dose "
    "right thanks thank you so"
)


def reader() -> Reader:
    return Reader(CATALOGUE.synonyms, Speller([*WORDS, "uterus", "vitamin"], frozenset({"womb"})))
