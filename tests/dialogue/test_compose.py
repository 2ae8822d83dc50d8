from dataclasses import replace

import pytest

from bot.corpus.models import Part, Tier
from bot.dialogue import compose, words
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Control, Outcome
from bot.dialogue.state import HISTORY, ChatState
from bot.matching.intents import Subject

F, I, A = Tier  # noqa: E741 - the initials of the three tiers, simplest first
K2 = "vitamin-k2/role"


@pytest.mark.parametrize("level", Tier)
def test_every_intent_has_an_answer_at_every_level_that_fits_a_screen_or_is_one_passage(
    know: Knowledge, level: Tier
) -> None:
    for id_ in know.intents:
        _, reply = compose.answer(ChatState(level=level), [id_], know)
        size = sum(len(excerpt.text) for excerpt in reply.excerpts)
        assert size <= compose.MOST_CHARACTERS or len(reply.excerpts) == 1, id_


@pytest.mark.parametrize("level", Tier)
def test_every_answer_leads_on_to_other_intents(know: Knowledge, level: Tier) -> None:
    for id_ in know.intents:
        _, reply = compose.answer(ChatState(level=level), [id_], know)
        offered = [suggestion.intent for suggestion in reply.suggestions]
        assert 1 <= len(offered) <= compose.MOST_SUGGESTIONS, id_
        assert id_ not in offered
        assert len(set(offered)) == len(offered)


def test_an_answer_from_another_tier_says_so(know: Knowledge) -> None:
    _, reply = compose.answer(ChatState(level=F), [K2], know)
    assert reply.sections[0].note == words.other_tier(F, I)
    assert {excerpt.passage.part for excerpt in reply.excerpts} == {Part.INTERMEDIATE}


def test_an_answer_from_its_own_tier_needs_no_note(know: Knowledge) -> None:
    assert compose.answer(ChatState(level=I), [K2], know)[1].sections[0].note == ""


def test_what_belongs_to_no_tier_needs_no_note(know: Knowledge) -> None:
    assert compose.answer(ChatState(level=A), ["references/all"], know)[1].sections[0].note == ""


@pytest.mark.parametrize(
    ("level", "controls"),
    [
        (F, {Control.DEEPER, Control.SOURCES}),
        (I, {Control.SIMPLER, Control.DEEPER, Control.SOURCES}),
        (A, {Control.SIMPLER, Control.SOURCES}),
    ],
)
def test_an_answer_has_a_button_for_each_level_beside_its_own(
    know: Knowledge, level: Tier, controls: set[Control]
) -> None:
    assert set(compose.answer(ChatState(level=level), [K2], know)[1].controls) == controls


def test_two_answers_are_brief_and_have_their_titles(know: Knowledge) -> None:
    _, reply = compose.answer(ChatState(), [K2, "vitamin-d3/role"], know)
    assert [section.title for section in reply.sections] == ["What vitamin K2 does", "What vitamin D does"]
    for section in reply.sections:
        assert sum(len(excerpt.text) for excerpt in section.excerpts) <= compose.BRIEF_CHARACTERS
    assert reply.intent == K2


def _with_a_long_answer(know: Knowledge, monkeypatch: pytest.MonkeyPatch) -> str:
    """An intent whose answer is cut, once a screen holds next to nothing."""
    monkeypatch.setattr(compose, "MOST_CHARACTERS", 1)
    return next(id_ for id_, intent in know.intents.items() if len(intent.excerpts.get(F, ())) > 1)


def test_an_answer_that_was_cut_has_more(know: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = _with_a_long_answer(know, monkeypatch)
    state, reply = compose.answer(ChatState(), [id_], know)
    assert (len(reply.excerpts), reply.sections[0].more, Control.MORE in reply.controls) == (1, True, True)
    _, rest = compose.more(state, know)
    assert rest.excerpts[0].pointer == know.intents[id_].excerpts[F][1]


def test_more_counts_on_where_the_answer_stopped(know: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = _with_a_long_answer(know, monkeypatch)
    state, first = compose.answer(ChatState(), [id_], know)
    _, second = compose.more(state, know)
    assert [first.sections[0].seen, second.sections[0].seen] == [1, 2]


def test_more_says_from_which_other_tier_it_comes(know: Knowledge) -> None:
    state, _ = compose.answer(ChatState(level=I), ["magnesium/role"], know)
    _, reply = compose.more(state, know)
    assert reply.sections[0].note == words.more_from(A)


def test_more_when_nothing_is_left_offers_neighbours(know: Knowledge) -> None:
    state, _ = compose.answer(ChatState(), ["estrogen/role"], know)
    for _ in range(3):
        state, reply = compose.more(state, know)
    assert (reply.outcome, reply.lead) == (Outcome.CLARIFY, words.NO_MORE)
    assert reply.suggestions == compose.onward(state, know)
    assert reply.suggestions


def test_sources_show_whole_passages_and_the_reading_list_of_the_topic(know: Knowledge) -> None:
    _, reply = compose.sources(ChatState(), "serms/what", know)
    assert all(excerpt.text == excerpt.passage.text for excerpt in reply.excerpts)
    works = [know.article.passages[id_].text for id_ in know.catalogue.topics["serms"].references]
    assert works
    assert list(reply.reading) == works
    assert reply.sections[0].note == words.PLACE


def test_every_reading_list_is_of_the_document_s_references(know: Knowledge) -> None:
    references = {passage.text for passage in know.article.of(Part.REFERENCES)}
    for id_ in know.intents:
        assert set(compose.sources(ChatState(), id_, know)[1].reading) <= references


def test_did_you_mean_offers_three_at_most(know: Knowledge) -> None:
    state, reply = compose.clarify(ChatState(), list(know.intents), know, score=0.4)
    assert len(reply.suggestions) == compose.MOST_CHOICES
    assert state.offered == tuple(list(know.intents)[: compose.MOST_CHOICES])
    assert (reply.outcome, reply.score, Control.TOPICS in reply.controls) == (Outcome.CLARIFY, 0.4, False)


def test_did_you_mean_twice_in_a_row_shows_the_way_to_all_topics(know: Knowledge) -> None:
    state, _ = compose.clarify(ChatState(), [K2], know)
    _, reply = compose.clarify(state, [K2], know)
    assert (reply.closing, reply.controls) == (words.SEE_TOPICS, (Control.TOPICS,))


def test_an_answer_ends_a_row_of_misses(know: Knowledge) -> None:
    state, _ = compose.answer(ChatState(misses=3), [K2], know)
    assert state.misses == 0


def test_a_refusal_offers_the_nearest_and_shows_nothing(know: Knowledge) -> None:
    _, reply = compose.refuse(ChatState(), "No.", "Ask your doctor.", [K2], know)
    assert (reply.lead, reply.closing, reply.excerpts) == ("No. Ask your doctor.", words.NEAREST, ())
    assert [suggestion.intent for suggestion in reply.suggestions] == [K2]


def test_a_refusal_with_nothing_near_shows_the_way_to_all_topics(know: Knowledge) -> None:
    _, reply = compose.refuse(ChatState(), "No.", "", [], know)
    assert (reply.closing, reply.controls) == (words.SEE_TOPICS, (Control.TOPICS,))


def _refused_as(know: Knowledge, text: str, subject: Subject | None) -> str:
    found = replace(know.matcher.match(text), subject=subject)
    return compose.refuse_subject(ChatState(), found, [K2], know)[1].lead


def test_a_refusal_names_what_the_article_lacks(know: Knowledge) -> None:
    zinc = Subject("zinc", None, "zinc", "Ask a dietitian.", (), ("zinc",), ())
    assert _refused_as(know, "is zinc good", zinc) == "The article does not cover zinc. Ask a dietitian."


def test_one_of_a_whole_kind_is_called_by_the_name_that_was_used(know: Knowledge) -> None:
    kind = Subject("molecules", None, "that molecule or pathway", "", (), ("sost", "sclerostin"), ())
    assert _refused_as(know, "what is sclerostin", kind) == "The article does not mention “sclerostin”."
    assert _refused_as(know, "what is that thing", kind) == "The article does not cover that molecule or pathway."


def test_a_refusal_without_a_subject_is_general(know: Knowledge) -> None:
    assert _refused_as(know, "what is that", None) == f"{words.NOT_COVERED} {words.ASK_SOMEONE}"


def test_small_talk_leads_on_from_the_last_answer_or_to_where_one_may_begin(know: Knowledge) -> None:
    fresh, talking = (compose.small_talk(state, "Hi.", know)[1] for state in (ChatState(), ChatState(intents=(K2,))))
    assert tuple(suggestion.intent for suggestion in fresh.suggestions) == compose.BEGINNINGS
    assert talking.suggestions == compose.leading_on(K2, know)[: compose.MOST_CHOICES]


def test_every_beginning_is_an_intent_with_an_answer_in_the_simplest_tier_or_the_next(know: Knowledge) -> None:
    assert all(know.intents[id_].nearest_tier(F) in (F, I) for id_ in compose.BEGINNINGS)


def test_an_emergency_offers_nothing_and_changes_nothing() -> None:
    state = ChatState(level=A, intents=(K2,), offered=(K2,))
    after, reply = compose.urgent(state, words.URGENT)
    assert after == state
    assert (reply.outcome, reply.suggestions, reply.controls) == (Outcome.URGENT, (), ())


def test_the_history_is_short_and_holds_nothing_twice() -> None:
    state = ChatState(intents=tuple("abcdef"))
    assert (state.about("c").intents, state.about("z").intents) == (tuple("cabdef"), tuple("zabcde"))
    assert len(state.about("z").intents) == HISTORY
