import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.knowledge import Knowledge
from bot.matching.normalise import words_of
from bot.matching.phrases import Phrase, compile_phrase
from bot.matching.urgent import Alarm, Rule, UrgentRules
from bot.matching.watch import Watch, check_watch
from tests.matching.toys import WordEncoder, anew, reader

LISTS = {"bad": ["crushing", "terrible"]}


def phrases(*patterns: str) -> tuple[Phrase, ...]:
    return tuple(compile_phrase(pattern, LISTS) for pattern in patterns)


HEART = Rule(
    "heart",
    Alarm.URGENT,
    phrases("<bad> chest pain"),
    must_fire=("crushing chest pain",),
    must_fire_by_meaning=("elephant sits on my chest",),
    must_not_fire=("the chest of drawers", "she had crushing chest pain last year"),
)
HARM = Rule(
    "harm",
    Alarm.SELF_HARM,
    phrases("want to die"),
    must_fire=("i want to die",),
    must_fire_by_meaning=(),
    must_not_fire=("i want to dye my hair",),
)
RULES = UrgentRules(LISTS, phrases("last year|week"), (HEART, HARM), {"es": ("dolor en el pecho",), "zh": ("胸痛",)})
PLAIN = ("what does calcium do", "foods with calcium")
WORDS = words_of(
    "crushing chest pain elephant sits on my i want to die drawers dye hair what does calcium do foods with"
)


def watch(rules: UrgentRules = RULES, *, by_meaning: bool = False) -> Watch:
    return Watch(rules, reader(), WordEncoder(WORDS) if by_meaning else None, PLAIN, anew)


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("Crushing chest pain!", Alarm.URGENT),
        ("hello. i have a TERRIBLE chest pain, help", Alarm.URGENT),
        ("I want to die", Alarm.SELF_HARM),
        ("what does calcium do", None),
        ("crushing pain in the chest", None),
        ("", None),
    ],
)
def test_a_pattern_raises_the_alarm_of_its_rule(text: str, alarm: Alarm | None) -> None:
    assert watch().look(text) == alarm


def test_what_rules_an_alarm_out_counts_in_the_same_sentence() -> None:
    assert watch().look("She had crushing chest pain last year") is None


@pytest.mark.parametrize("end", [". ", "! ", "? ", "\n", "; "])
def test_what_rules_an_alarm_out_does_not_reach_the_next_sentence(end: str) -> None:
    assert watch().look(f"I fell last year{end}Now crushing chest pain") == Alarm.URGENT


@pytest.mark.parametrize("text", ["tengo DOLOR EN EL PECHO", "我胸痛", "dolor en el pecho"])
def test_urgent_words_of_other_languages_are_known(text: str) -> None:
    assert watch().look(text) == Alarm.URGENT


def test_a_piece_of_another_language_counts_from_the_beginning_of_a_word_only() -> None:
    assert watch().look("indolor en el pecho") is None


@pytest.mark.parametrize("languages", [{}, {"es": ()}, {"es": ("", " ")}])
def test_a_file_without_other_languages_makes_nothing_urgent(languages: dict[str, tuple[str, ...]]) -> None:
    assert watch(UrgentRules(LISTS, (), (HEART,), languages)).look("what does calcium do") is None


def test_without_the_encoder_only_words_count() -> None:
    assert watch().look("elephant sits on my chest") is None


def test_with_the_encoder_meaning_counts_too() -> None:
    assert watch(by_meaning=True).look("elephant sits on my chest") == Alarm.URGENT
    assert watch(by_meaning=True).look("what does calcium do") is None


def test_rules_that_do_what_they_must_have_no_problem() -> None:
    assert list(check_watch(watch(), RULES, by_meaning=False)) == []


def test_each_message_that_does_not_do_what_it_must_is_told() -> None:
    broken = UrgentRules(
        LISTS,
        (),
        (Rule("heart", Alarm.URGENT, phrases("chest"), ("my heart",), (), ("the chest of drawers",)),),
        {},
    )
    assert list(check_watch(watch(broken), broken, by_meaning=False)) == [
        'rule "heart": "my heart" must be taken for an emergency, and is not',
        'rule "heart": "the chest of drawers" must not be taken for an emergency, and is',
    ]


def test_messages_for_meaning_are_held_to_it_only_with_the_encoder() -> None:
    deaf = Rule("deaf", Alarm.URGENT, phrases("help"), ("help",), ("foods with calcium",), ())
    rules = UrgentRules(LISTS, (), (deaf,), {})
    told = [list(check_watch(watch(rules), rules, by_meaning=by_meaning)) for by_meaning in (False, True)]
    assert told == [[], ['rule "deaf": "foods with calcium" must be taken for an emergency, and is not']]


@pytest.mark.parametrize(
    "text",
    [
        "I have crushing chest pain and can't breathe",
        "my calf is swollen, red and hot since this morning",
        "her face is drooping and her speech is slurred",
        "I fell down the stairs and cannot put any weight on my leg",
        "chst pain and cant breth",
        "My tongue is swelling up after the tablet",
        "he swallowed the whole packet of tablets",
        "What does vitamin K2 do? By the way my chest is being crushed and I am short of breath",
        "me duele mucho el pecho y no puedo respirar",
        "у меня сильная боль в груди",
    ],
)
def test_emergencies_are_noticed(know: Knowledge, text: str) -> None:
    assert know.watch.look(text) == Alarm.URGENT


@pytest.mark.parametrize(
    "text", ["I want to kill myself", "I don't want to live any more", "thinking about ending it all"]
)
def test_thoughts_of_self_harm_are_noticed_as_such(know: Knowledge, text: str) -> None:
    assert know.watch.look(text) == Alarm.SELF_HARM


@pytest.mark.parametrize(
    "text",
    [
        "What does vitamin K2 do?",
        "how do osteoclasts attack bone",
        "my mother had a stroke ten years ago, what do SERMs do",
        "which foods are rich in calcium",
        "I would die for a piece of cheese, is there K2 in it",
        "What is high-impact exercise?",
    ],
)
def test_ordinary_questions_are_no_emergencies(know: Knowledge, text: str) -> None:
    assert know.watch.look(text) not in (Alarm.URGENT, Alarm.SELF_HARM)


@given(text=st.text(max_size=120))
def test_any_text_can_be_looked_at(know: Knowledge, text: str) -> None:
    assert know.watch.look(text) in (None, *Alarm)
