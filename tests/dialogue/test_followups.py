import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.followups import FollowUp, FollowUpWords, Turn, number_said, topics_named, without_names
from bot.dialogue.knowledge import Knowledge
from bot.matching.intents import Topic

FILLERS = "please and the a about it tell me no bones".split()  # noqa: SIM905


def topic(id_: str, *names: str) -> Topic:
    return Topic(id_, id_, "Nutrition", names, (), (), ())


D, RECEPTOR, CALCIUM = (
    topic("d", "vitamin d", "d3"),
    topic("receptor", "vitamin d receptor"),
    topic("calcium", "calcium"),
)
TOPICS = (D, RECEPTOR, CALCIUM)


def told() -> FollowUpWords:
    alone = {FollowUp.MORE: ["more|continue"], FollowUp.WHY: ["why"]}
    inside = {
        Turn.CORRECTION: ["(<sorry>) i meant"],
        Turn.RETURN: ["(go) back to", "(go) back to what you said (about)"],
        Turn.FRESH: ["something else"],
    }
    return FollowUpWords(alone, inside, {"sorry": ["sorry", "oops"]}, FILLERS)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("more", FollowUp.MORE),
        ("tell me more please", FollowUp.MORE),
        ("and why", FollowUp.WHY),
        ("why calcium", None),
        ("more calcium", None),
        ("", None),
        ("please", None),
    ],
)
def test_a_follow_up_stands_alone_but_for_fillers(text: str, kind: FollowUp | None) -> None:
    assert told().follow_up(text) == kind


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("sorry i meant calcium", Turn.CORRECTION, "calcium"),
        ("no i meant calcium", Turn.CORRECTION, "no calcium"),
        ("go back to calcium", Turn.RETURN, "calcium"),
        ("something else what is bone", Turn.FRESH, "what is bone"),
        ("what is bone", None, "what is bone"),
    ],
)
def test_a_turn_of_phrase_is_taken_out(text: str, kind: Turn | None, rest: str) -> None:
    assert told().turn(text) == (kind, rest)


def test_of_follow_ups_the_longest_counts() -> None:
    words = FollowUpWords({FollowUp.WHY: ["how"], FollowUp.SOURCE: ["how do you know"]}, {}, {}, ["do", "you", "know"])
    assert (words.follow_up("how do you know"), words.follow_up("how")) == (FollowUp.SOURCE, FollowUp.WHY)


def test_of_turns_of_phrase_the_longest_is_taken_out() -> None:
    assert told().turn("go back to what you said about calcium") == (Turn.RETURN, "calcium")


def test_of_several_turns_of_phrase_a_correction_counts_most() -> None:
    assert told().turn("back to sorry i meant calcium") == (Turn.CORRECTION, "calcium")


@given(st.lists(st.sampled_from(["go", "back", "to", "sorry", "i", "meant", "calcium"])).map(" ".join))
def test_what_is_left_holds_no_turn_of_phrase(text: str) -> None:
    assert told().turn(told().turn(text)[1])[0] is None


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("does it help", True),
        ("and in winter in the far north of the country", True),
        ("which foods", True),
        ("how do cells find old damaged places inside", False),
    ],
)
def test_a_short_text_or_one_with_a_pronoun_leans_on_what_was_said(text: str, leans: bool) -> None:
    assert told().leans(text) == leans


def test_fillers_say_nothing() -> None:
    assert (told().is_filler("tell me about the bones"), told().content("tell me about the calcium")) == (
        True,
        ["calcium"],
    )


def test_the_speller_is_told_the_words_of_all_patterns() -> None:
    assert {"more", "continue", "why", "sorry", "oops", "meant", "back"} <= told().words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        ("12", 12),
        ("number 3", 3),
        ("the first one", 1),
        ("second please", 2),
        ("option two", 2),
        ("the second option", None),
        ("two cells", None),
        ("more", None),
        ("", None),
    ],
)
def test_a_number_is_told_in_figures_or_words(text: str, number: int | None) -> None:
    assert number_said(text) == number


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("calcium and d3", [CALCIUM, D]),
        ("d3 and calcium", [D, CALCIUM]),
        ("the vitamin d receptor", [RECEPTOR]),
        ("vitamin d and the vitamin d receptor", [D]),
        ("calciums", []),
        ("calcium not vitamin d", [CALCIUM]),
        ("not calcium vitamin d", [D]),
        ("why not calcium", [CALCIUM]),
        ("", []),
    ],
)
def test_topics_are_called_by_name_in_the_order_of_their_names(text: str, topics: list[Topic]) -> None:
    assert topics_named(text, TOPICS)[: len(topics) or None] == topics


def test_names_are_taken_out_the_longest_first() -> None:
    assert without_names("is the vitamin d receptor like vitamin d", TOPICS) == "is the like"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("tell me more", FollowUp.MORE),
        ("anything else", FollowUp.MORE),
        ("go on please", FollowUp.MORE),
        ("why is that", FollowUp.WHY),
        ("how come", FollowUp.WHY),
        ("how do you know that", FollowUp.SOURCE),
        ("source please", FollowUp.SOURCE),
        ("where does it say so", FollowUp.SOURCE),
        ("go back please", FollowUp.BACK),
        ("the previous answer", FollowUp.BACK),
        ("why does estrogen matter", None),
        ("what are the sources of vitamin d", None),
        ("more calcium", None),
    ],
)
def test_the_follow_ups_that_people_write(know: Knowledge, text: str, kind: FollowUp | None) -> None:
    assert know.follow_up_words.follow_up(text) == kind


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("no i meant k2", Turn.CORRECTION, "k2"),
        ("that is not what i meant", Turn.CORRECTION, ""),
        ("go back to estrogen", Turn.RETURN, "estrogen"),
        ("back to what you said about estrogen", Turn.RETURN, "estrogen"),
        ("by the way what is bone", Turn.FRESH, "what is bone"),
    ],
)
def test_the_turns_of_phrase_that_people_write(know: Knowledge, text: str, kind: Turn, rest: str) -> None:
    assert know.follow_up_words.turn(text) == (kind, rest)
