from dataclasses import replace

from bot.authoring.check import all_examples, copied_examples, guarded_examples, near_copies, unreachable
from bot.corpus.models import Article
from bot.dialogue.knowledge import Knowledge
from tests.matching.toys import ARTICLE, CATALOGUE, PASSAGES


def test_every_sentence_row_term_and_reference_of_the_document_can_be_reached(know: Knowledge) -> None:
    assert list(unreachable(know.article, know.catalogue)) == []


def test_what_no_intent_shows_is_told_with_the_remedy() -> None:
    topics = {"calcium": CATALOGUE.topics["calcium"]}
    (problem,) = unreachable(ARTICLE, replace(CATALOGUE, topics=topics))
    assert problem == (
        'passage "estrogen": no intent shows sentence 1, "Estrogen slows the cells that clear bone."; '
        "add it to the excerpts of one"
    )


def test_a_single_sentence_that_no_intent_shows_is_told() -> None:
    longer = replace(PASSAGES["calcium"], sentences=(*PASSAGES["calcium"].sentences, "It is white."))
    (problem,) = unreachable(Article({**PASSAGES, "calcium": longer}, ()), CATALOGUE)
    assert 'sentence 3, "It is white."' in problem


def test_all_examples_are_those_of_intents_subjects_and_small_talk() -> None:
    owners = [owner for owner, _ in all_examples(CATALOGUE)]
    assert list(dict.fromkeys(owners)) == ["calcium/role", "calcium/foods", "estrogen/role", "zinc", "dose", "thanks"]


def test_an_example_that_is_a_labelled_question_is_told_however_it_is_written() -> None:
    (problem,) = copied_examples(CATALOGUE, ["What does calcium do?", "Is milk white?"])
    assert problem.startswith('"calcium/role": the example "what does calcium do" is a labelled question')


def test_examples_of_their_own_are_no_problem() -> None:
    assert list(copied_examples(CATALOGUE, ["Is milk white?"])) == []


def test_a_near_copy_is_a_hint() -> None:
    copies = near_copies(CATALOGUE, ["Why do bones need calcium so?", "zinc foods"])
    assert copies == [("calcium/role", "why do bones need calcium", "Why do bones need calcium so?")]


def test_no_guard_refuses_an_example_of_an_intent(know: Knowledge) -> None:
    assert list(guarded_examples(know)) == []
