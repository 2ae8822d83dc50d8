import numpy as np
import pytest

from bot.matching.encoder import Matrix
from bot.matching.normalise import words_of
from bot.matching.urgent import Alarm
from bot.matching.urgent_meaning import ALARM_FROM, PIECE_PENALTY, UrgentMeaning
from tests.matching.toys import WordEncoder, anew

ENCODER = WordEncoder(words_of("chest crushed breath gone rope goodbye world drawers paint calcium milk bone"))
ALARMING = [
    ("chest crushed", Alarm.URGENT),
    ("breath gone", Alarm.URGENT),
    ("chest gone crushed breath", Alarm.URGENT),
    ("rope goodbye", Alarm.SELF_HARM),
    ("goodbye world", Alarm.SELF_HARM),
    ("rope world goodbye", Alarm.SELF_HARM),
]
ALIKE = ["chest drawers", "drawers paint", "paint world"]
PLAIN = ["calcium milk", "bone calcium", "milk bone"]


def meaning() -> UrgentMeaning:
    return UrgentMeaning(ENCODER, ALARMING, ALIKE, PLAIN, anew)


def vectors(*texts: str) -> Matrix:
    return ENCODER.encode_all(texts)


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("crushed chest breath", Alarm.URGENT),
        ("goodbye rope", Alarm.SELF_HARM),
        ("milk calcium bone", None),
        ("paint drawers", None),
    ],
)
def test_a_message_means_what_it_lies_nearest_to(text: str, alarm: Alarm | None) -> None:
    assert meaning().read(vectors(text)) == alarm


def test_one_alarming_piece_is_enough() -> None:
    assert meaning().read(vectors("milk calcium bone", "chest crushed")) == Alarm.URGENT


def test_a_piece_must_sound_worse_than_the_whole() -> None:
    """Between the two thresholds a text alarms as a whole and not as a piece."""
    mixed = [vectors(f"chest crushed {' '.join(['milk'] * times)}") for times in range(1, 40)]
    scores = [float(meaning().scores(vector)[0]) for vector in mixed]
    between = [n for n, score in enumerate(scores) if ALARM_FROM <= score < ALARM_FROM + PIECE_PENALTY]
    for number in between:
        whole_and_piece = np.concatenate([vectors("milk calcium bone"), mixed[number]])
        assert meaning().read(mixed[number]) == Alarm.URGENT
        assert meaning().read(whole_and_piece) != Alarm.URGENT


def test_the_nearer_to_an_emergency_the_higher_the_score() -> None:
    scores = meaning().scores(vectors("milk bone", "chest milk bone", "chest crushed milk", "chest crushed"))
    assert list(scores) == sorted(scores)
