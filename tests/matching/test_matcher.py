import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.matching.gate import SIGNS, Band, Calibration
from bot.matching.guards import Guards
from bot.matching.intents import Guard
from bot.matching.matcher import Found, Matcher
from tests.matching.toys import ARTICLE, CATALOGUE, WORDS, WordEncoder, anew, reader

GATE = Calibration(offset=0.0, weights={"joint": 1.0}, refuse_below=0.3, answer_from=0.6, support_from=0.4)
GUARDS = Guards({Guard.DOSE: ["how much ... day"]}, {})


def matcher(*, by_words: bool = False) -> Matcher:
    encoder = None if by_words else WordEncoder(WORDS)
    return Matcher(CATALOGUE, ARTICLE, reader(), GUARDS, GATE, encoder, anew)


def found(text: str, *, by_words: bool = False) -> Found:
    return matcher(by_words=by_words).match(text)


@pytest.mark.parametrize("by_words", [False, True])
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What does calcium do?", "calcium/role"),
        ("foods with calcuim", "calcium/foods"),
        ("What does estrogen do?", "estrogen/role"),
    ],
)
def test_a_question_finds_its_intent_with_and_without_the_encoder(text: str, intent: str, by_words: bool) -> None:
    assert found(text, by_words=by_words).best.intent.id == intent


def test_all_intents_are_ranked_the_best_first() -> None:
    ranked = found("What does calcium do?").ranked
    assert sorted(match.intent.id for match in ranked) == sorted(CATALOGUE.intents)
    assert [match.score for match in ranked] == sorted((match.score for match in ranked), reverse=True)
    assert sum(match.share for match in ranked) == pytest.approx(1, abs=1e-5)


def test_a_topic_that_is_left_unsaid_is_heard() -> None:
    answers = [matcher().match("what does it do", about=about).best.intent.id for about in ("calcium", "estrogen")]
    assert answers == ["calcium/role", "estrogen/role"]


def test_what_the_article_covers_has_a_better_chance_than_what_it_leaves_out() -> None:
    assert found("What does calcium do?").covered > 0.5 > found("do bones need zinc").covered


def test_the_chance_follows_the_calibration() -> None:
    never = Calibration(offset=-30.0, weights={}, refuse_below=0.3, answer_from=0.6, support_from=0.4)
    strict = matcher().with_calibration(never)
    assert (strict.match("What does calcium do?").band, strict.calibration) == (Band.OUTSIDE, never)
    assert found("What does calcium do?").band == Band.SURE


def test_a_subject_that_is_called_by_name_is_the_nearest() -> None:
    subject = found("calcium, estrogen, milk and zinc").subject
    assert subject
    assert subject.id == "zinc"


def test_a_guard_brings_a_subject_of_its_own() -> None:
    dose = found("how much calcium a day")
    assert dose.subject
    assert (dose.guard, dose.subject.guard) == (Guard.DOSE, Guard.DOSE)


@pytest.mark.parametrize(("text", "kind"), [("thank you so much", "thanks"), ("What does calcium do?", None)])
def test_small_talk_is_told_from_questions(text: str, kind: str | None) -> None:
    small_talk = found(text).small_talk
    assert (small_talk.id if small_talk else None) == kind


def test_places_are_the_best_that_each_show_something_new() -> None:
    """Foods and role of calcium show the same passage here, so that one of them is enough."""
    places = found("What does calcium do?").places
    assert [match.intent.topic for match in places] == ["calcium", "estrogen"]


def test_more_places_never_have_less_support() -> None:
    supports = found("calcium and estrogen").supports
    assert list(supports) == sorted(supports)
    assert supports[-1] == pytest.approx(1, abs=1e-5)


@given(text=st.text(max_size=80), level=st.sampled_from(Tier), about=st.sampled_from([None, "vitamin K2"]))
def test_any_text_is_found_something_about(know: Knowledge, text: str, level: Tier, about: str | None) -> None:
    seen = know.matcher.match(text, level=level, about=about)
    assert 0 <= seen.covered <= 1
    assert set(seen.signs) == set(SIGNS)
    assert seen.best == seen.ranked[0] == seen.places[0]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What does vitamin K2 do?", "vitamin-k2/role"),
        ("how does evista work in bone", "raloxifene/in-bone"),
        ("which foods contain magnesium", "magnesium/foods"),
        ("wat do osteoclasts do", "osteoclasts/role"),
        ("explain RANKL", "rankl/role"),
    ],
)
def test_plain_questions_find_their_intents(know: Knowledge, text: str, intent: str) -> None:
    assert know.matcher.match(text).best.intent.id == intent


def test_names_of_intents_and_what_they_show_are_the_catalogue_s(know: Knowledge) -> None:
    assert [
        match.intent.id for match in sorted(know.matcher.match("bone").ranked, key=lambda m: m.intent.id)
    ] == sorted(know.intents)
