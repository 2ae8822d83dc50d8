from bot.corpus.models import Excerpt, Part, Passage, Tier
from bot.dialogue.reply import Message, Outcome, Reply, Section

PASSAGE = Passage("bone", Part.ACADEMIC, "Signals", ("Bone lives.", "It never stops."))
ONE, TWO = Excerpt(PASSAGE, 1, 1), Excerpt(PASSAGE, 2, 2)


def test_a_reply_has_the_excerpts_of_all_its_sections_in_order() -> None:
    sections = (Section("a/b", "A", (TWO,)), Section("c/d", "C", (ONE, TWO)))
    assert Reply(Outcome.ANSWER, Tier.ACADEMIC, sections=sections).excerpts == (TWO, ONE, TWO)


def test_a_reply_without_sections_has_no_excerpts() -> None:
    assert Reply(Outcome.URGENT, Tier.ACADEMIC).excerpts == ()


def test_how_sure_the_matching_was_does_not_make_another_reply() -> None:
    assert Reply(Outcome.ANSWER, Tier.ACADEMIC, score=0.5) == Reply(Outcome.ANSWER, Tier.ACADEMIC, score=0.6)


def test_a_message_is_a_text_unless_it_says_otherwise() -> None:
    message = Message("hello")
    assert (message.press, message.control, message.level, message.seen) == (None, None, None, 0)


def test_outcomes_are_called_as_the_command_line_contract_has_them() -> None:
    assert list(Outcome) == ["answer", "clarify", "out_of_scope", "urgent", "smalltalk"]
