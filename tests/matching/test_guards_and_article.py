"""A guard refuses before any score is looked at, so it must not fire on what the article says.

Guards were once so broad that a fifth of covered questions were refused (docs/decisions/0005-guards.md).
That none fires on an example of an intent is checked by `osteon check`.
"""

from bot.dialogue.knowledge import Knowledge


def test_no_guard_fires_on_a_sentence_of_the_article(know: Knowledge) -> None:
    sentences = [text for passage in know.article.passages.values() for text in passage.sentences]
    assert [text for text in sentences if know.matcher.guard_of(text)] == []
