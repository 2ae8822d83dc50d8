from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corpus.models import Tier
from bot.dialogue import words
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.plain import render_plain
from bot.dialogue.reply import Control, Message, Outcome, Reply
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.matching.urgent import Alarm
from bot.matching.watch import Watch

K2, MAGNESIUM = "vitamin-k2/role", "magnesium/role"
SAID = (
    "more", "why?", "source?", "simpler", "in plain words", "what does vitamin K2 do", "and magnesium?", "thanks", "2",
    "how much calcium a day", "is zinc good", "go back", "no, I meant K2", "crushing chest pain", "blah", "/x", "骨",
)  # fmt: skip
levels = st.sampled_from(Tier)
known_ids = st.sampled_from(["serms/what", K2, MAGNESIUM, "estrogen/role", "nutrients/table", "references/all"])
ids = st.one_of(known_ids, st.just("gone/gone"))
states = st.builds(
    ChatState,
    level=levels,
    intents=st.lists(ids, max_size=6, unique=True).map(tuple),
    shown=st.lists(st.sampled_from(["vitamin-k2:1-4", "magnesium:1-3", "gone:1-1"]), max_size=3).map(tuple),
    offered=st.lists(ids, max_size=4).map(tuple),
    misses=st.integers(0, 5),
)
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(SAID), min_size=1, max_size=3).map(" ".join))
messages = st.one_of(
    texts.map(Message),
    st.builds(Message, press=ids, level=st.none() | levels),
    st.builds(
        Message,
        control=st.sampled_from(Control),
        about=st.none() | ids,
        level=st.none() | levels,
        seen=st.integers(0, 30),
    ),
)


def said(know: Knowledge, *told: str, state: ChatState | None = None) -> tuple[ChatState, Reply]:
    """The state and the reply after the last of these messages."""
    state, reply = take_turn(state or ChatState(), Message(told[0]), know)
    for text in told[1:]:
        state, reply = take_turn(state, Message(text), know)
    return state, reply


@given(state=states, message=messages)
def test_whatever_is_said_in_whatever_state_there_is_one_reply_that_says_something(
    know: Knowledge, state: ChatState, message: Message
) -> None:
    after, reply = take_turn(state, message, know)
    assert reply.outcome in Outcome
    assert render_plain(reply)
    assert after.level == reply.level


@given(state=states, message=messages)
def test_only_an_answer_shows_excerpts_and_every_answer_does(
    know: Knowledge, state: ChatState, message: Message
) -> None:
    _, reply = take_turn(state, message, know)
    assert bool(reply.excerpts) == (reply.outcome == Outcome.ANSWER)
    assert bool(reply.intent) == (reply.outcome == Outcome.ANSWER)


@given(state=states, message=messages)
def test_every_excerpt_stands_word_for_word_in_the_article(know: Knowledge, state: ChatState, message: Message) -> None:
    _, reply = take_turn(state, message, know)
    for excerpt in reply.excerpts:
        assert excerpt.passage == know.article.passages[excerpt.passage.id]
        assert excerpt.text
        assert excerpt.text in excerpt.passage.text


@given(state=states, message=messages)
def test_no_scrap_of_the_scrape_is_ever_shown(know: Knowledge, state: ChatState, message: Message) -> None:
    text = render_plain(take_turn(state, message, know)[1])
    assert "∞" not in text
    assert "male hpg axis" not in text.casefold()


@given(state=states, word=st.text(st.characters(categories=["L"]), min_size=6, max_size=20), tail=st.sampled_from(SAID))
def test_nothing_that_anybody_typed_is_remembered(know: Knowledge, state: ChatState, word: str, tail: str) -> None:
    secret = f"zqx{word}"
    after, _ = take_turn(state, Message(f"{secret} {tail}"), know)
    assert secret not in repr(after)


@given(state=states, message=messages)
def test_what_is_remembered_is_names_and_numbers_that_are_known(
    know: Knowledge, state: ChatState, message: Message
) -> None:
    after, reply = take_turn(state, message, know)
    assert set(after.intents) <= set(know.intents)
    assert set(after.offered) <= set(know.intents)
    if reply.outcome != Outcome.URGENT:
        assert after.offered == tuple(suggestion.intent for suggestion in reply.suggestions)


@given(state=states, text=texts)
def test_only_an_answer_changes_the_topic(know: Knowledge, state: ChatState, text: str) -> None:
    after, reply = take_turn(state, Message(text), know)
    if reply.outcome != Outcome.ANSWER:
        assert after.intents == tuple(id_ for id_ in state.intents if id_ in know.intents)


@given(state=states, message=messages)
def test_refusals_and_emergencies_leave_the_level_as_it_is(know: Knowledge, state: ChatState, message: Message) -> None:
    after, reply = take_turn(state, message, know)
    if reply.outcome in (Outcome.OUT_OF_SCOPE, Outcome.URGENT):
        assert after.level == state.level


@given(state=states, message=messages)
def test_every_reply_but_an_emergency_leads_on(know: Knowledge, state: ChatState, message: Message) -> None:
    _, reply = take_turn(state, message, know)
    if reply.outcome == Outcome.URGENT:
        assert (reply.suggestions, reply.controls, reply.sections) == ((), (), ())
    else:
        assert reply.suggestions or Control.TOPICS in reply.controls


@given(state=states)
def test_an_emergency_is_told_in_every_state(know: Knowledge, state: ChatState) -> None:
    _, reply = take_turn(state, Message("I have crushing chest pain and cannot breathe"), know)
    assert (reply.outcome, reply.lead) == (Outcome.URGENT, words.URGENT)


@pytest.mark.parametrize("number", ["112", "911", "999", "local emergency number"])
def test_every_text_for_emergencies_names_whom_to_call(number: str) -> None:
    assert all(number in text for text in (words.URGENT, words.SELF_HARM, words.HELP_FIRST))


def test_the_same_message_in_the_same_state_has_the_same_reply(know: Knowledge) -> None:
    assert said(know, "What does vitamin K2 do?") == said(know, "What does vitamin K2 do?")


def test_a_pressed_intent_is_answered_at_its_level(know: Knowledge) -> None:
    state, reply = take_turn(ChatState(), Message(press="serms/what", level=Tier.ACADEMIC), know)
    assert (reply.intent, state.level) == ("serms/what", Tier.ACADEMIC)


def test_a_pressed_button_of_an_older_version_explains_itself(know: Knowledge) -> None:
    _, reply = take_turn(ChatState(), Message(press="gone/gone"), know)
    assert (reply.outcome, reply.lead) == (Outcome.CLARIFY, words.STALE)


def test_a_state_of_an_older_version_is_read_as_far_as_it_goes(know: Knowledge) -> None:
    old = ChatState(intents=("gone/gone", K2), offered=("gone/gone", MAGNESIUM))
    assert said(know, "source?", state=old)[1].intent == K2
    assert said(know, "1", state=old)[1].intent == MAGNESIUM


@pytest.mark.parametrize("control", [Control.SIMPLER, Control.DEEPER, Control.MORE, Control.SOURCES])
def test_a_control_without_an_answer_above_it_asks_back(know: Knowledge, control: Control) -> None:
    _, reply = take_turn(ChatState(), Message(control=control), know)
    assert (reply.outcome, reply.lead) == (Outcome.CLARIFY, words.NOTHING_BEFORE)


def test_deeper_under_an_older_answer_is_about_that_answer(know: Knowledge) -> None:
    state = ChatState(intents=(K2, "serms/what"))
    after, reply = take_turn(state, Message(control=Control.DEEPER, about="serms/what", level=Tier.INTERMEDIATE), know)
    assert (reply.intent, after.level) == ("serms/what", Tier.ACADEMIC)


def test_a_look_at_the_sources_of_an_older_answer_keeps_the_level(know: Knowledge) -> None:
    message = Message(control=Control.SOURCES, about="serms/what", level=Tier.ACADEMIC)
    after, reply = take_turn(ChatState(level=Tier.INTERMEDIATE), message, know)
    assert (after.level, reply.intent) == (Tier.INTERMEDIATE, "serms/what")
    assert "academic" in {excerpt.passage.part for excerpt in reply.excerpts}


@pytest.mark.parametrize("level", Tier)
def test_a_step_beyond_the_end_says_so_and_stays(know: Knowledge, level: Tier) -> None:
    state = ChatState(level=level, intents=("serms/what",))
    ends = {Tier.FUNDAMENTALS: ("simpler", words.ALREADY_SIMPLEST), Tier.ACADEMIC: ("deeper", words.ALREADY_DEEPEST)}
    if level in ends:
        text, lead = ends[level]
        after, reply = said(know, text, state=state)
        assert (after.level, reply.lead) == (level, lead)


def test_a_level_that_shows_the_same_says_so(know: Knowledge) -> None:
    _, reply = said(know, "more scientific", state=ChatState(intents=("references/all",)))
    assert (reply.level, reply.lead) == (Tier.INTERMEDIATE, words.SAME_AGAIN)


def test_why_never_repeats_the_answer_it_asks_about(know: Knowledge) -> None:
    replies = {id_: said(know, "why?", state=ChatState(intents=(id_,)))[1] for id_ in know.intents}
    assert [id_ for id_, reply in replies.items() if reply.outcome == Outcome.ANSWER and reply.intent == id_] == []


def test_more_comes_to_an_end_having_shown_every_excerpt_once(know: Knowledge) -> None:
    for id_, intent in know.intents.items():
        state, reply = take_turn(ChatState(), Message(press=id_), know)
        shown = list(reply.excerpts)
        while reply.outcome == Outcome.ANSWER:
            state, reply = said(know, "more", state=state)
            shown += reply.excerpts
        assert reply.lead == words.NO_MORE
        pointers = [str(excerpt.pointer) for excerpt in shown]
        assert sorted(pointers) == sorted({str(p) for pointers in intent.excerpts.values() for p in pointers})


def test_a_doubtful_message_is_shown_the_way_to_help_before_its_answer(know: Knowledge) -> None:
    class Doubting(Watch):
        def __init__(self) -> None:
            """Knows no rules."""

        def look(self, text: str) -> Alarm | None:  # noqa: ARG002
            return Alarm.DOUBT

    doubting = replace(know, watch=Doubting())
    replies = [said(doubting, text)[1] for text in ("What does calcium do?", "is zinc good", "thanks")]
    assert [reply.outcome for reply in replies] == [Outcome.ANSWER, Outcome.OUT_OF_SCOPE, Outcome.SMALLTALK]
    assert [reply.lead.startswith(words.HELP_FIRST) for reply in replies] == [True, True, False]


def test_a_second_refusal_in_a_row_shows_the_way_to_all_topics(know: Knowledge) -> None:
    _, first = said(know, "is potassium good")
    _, second = said(know, "is potassium good", "is zinc good")
    assert (words.SEE_TOPICS in first.closing, Control.TOPICS in first.controls) == (False, False)
    assert (words.SEE_TOPICS in second.closing, Control.TOPICS in second.controls) == (True, True)


def test_thanks_do_not_count_as_an_answer_between_two_misses(know: Knowledge) -> None:
    _, reply = said(know, "is potassium good", "thanks", "is zinc good")
    assert words.SEE_TOPICS in reply.closing


def test_buttons_and_their_titles_and_numbers_all_do_the_same(know: Knowledge) -> None:
    state, reply = said(know, "What does vitamin K2 do?")
    wanted = reply.suggestions[1]
    by_press = take_turn(state, Message(press=wanted.intent), know)
    by_words = [take_turn(state, Message(text), know) for text in ("2", "2.", wanted.title, wanted.title.upper())]
    assert by_words == [by_press] * 4


def test_a_number_beyond_the_buttons_picks_nothing(know: Knowledge) -> None:
    state, _ = said(know, "What does vitamin K2 do?")
    after, reply = said(know, "9", state=state)
    assert (reply.outcome == Outcome.ANSWER, after.intents) == (False, state.intents)


def test_the_level_of_a_question_that_is_asked_back_is_kept_for_its_answer(know: Knowledge) -> None:
    """Who asks in simple words means the button that is pressed next as well."""
    state = ChatState(level=Tier.ACADEMIC)
    for text in ("in simple words, food", "in simple words, the cells", "in simple words, the body"):
        after, reply = said(know, text, state=state)
        if reply.outcome == Outcome.CLARIFY:
            assert after.level == Tier.FUNDAMENTALS


def test_words_of_another_topic_are_not_read_into_a_correction(know: Knowledge) -> None:
    _, reply = said(know, "what does calcium do", "no, I meant magnesium")
    assert reply.intent == MAGNESIUM


def test_an_outside_subject_is_refused_by_its_name_whatever_was_talked_about(know: Knowledge) -> None:
    _, reply = said(know, "what does calcium do", "and zinc?")
    assert reply.lead.startswith("The article does not cover zinc")


def test_history_reaches_back_six_answers(know: Knowledge) -> None:
    state = ChatState()
    for id_ in list(know.intents)[:9]:
        state, _ = take_turn(state, Message(press=id_), know)
    assert state.intents == tuple(reversed(list(know.intents)[3:9]))
    assert replace(state, intents=()).intent is None


@pytest.mark.parametrize("text", ["cheap flights", "my car will not start", "who is the fastest runner"])
def test_what_is_about_something_else_is_not_answered_because_of_what_was_spoken_of(know: Knowledge, text: str) -> None:
    _, reply = said(know, "How does resistance training help?", text)
    assert not reply.excerpts
