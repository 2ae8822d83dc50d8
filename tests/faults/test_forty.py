"""The forty faults of the specification: each has tests that inject it, or it is said here why not.

A test that injects one has its number in its name, as in `test_fault_07_…`. Some were proved elsewhere before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
FORTY = range(1, 41)

_TELEGRAM, _STORAGE = "shells/tgbot", "shells/storage"
ELSEWHERE: dict[int, tuple[str, ...]] = {
    8: ("simulation/test_seeds.py",),
    12: (
        f"{_STORAGE}/test_erasures.py::test_who_was_forgotten_after_the_backup_is_forgotten_again",
        f"{_STORAGE}/test_erasures.py::test_what_was_due_since_the_backup_counts_as_missed",
    ),
    13: (f"{_STORAGE}/test_database.py::test_a_database_that_cannot_be_written_is_told_at_once",),
    17: (f"{_STORAGE}/test_database.py::test_a_restart_of_postgres_costs_no_turn",),
    26: (
        f"{_TELEGRAM}/test_inbox.py::test_telegram_may_send_an_update_twice",
        f"{_TELEGRAM}/test_inbox.py::test_numbers_that_begin_anew_after_a_quiet_week_are_no_old_updates",
        f"{_TELEGRAM}/test_faults.py::test_by_webhook_it_is_the_same_bot_and_an_update_that_comes_twice_is_answered_once",
    ),
    27: (f"{_TELEGRAM}/test_inbox.py::test_what_killed_the_process_three_times_is_skipped_with_an_apology",),
    28: (
        f"{_TELEGRAM}/test_inbox.py::test_what_a_killed_process_left_is_answered_in_order",
        f"{_TELEGRAM}/test_inbox.py::test_updates_are_confirmed_only_when_they_are_stored",
        f"{_TELEGRAM}/test_faults.py::test_a_program_that_is_killed_goes_on_where_the_conversation_was",
    ),
    29: (
        f"{_TELEGRAM}/reminders/test_responses.py::test_buttons_after_a_stop_or_under_an_old_one_are_a_polite_no",
        f"{_TELEGRAM}/reminders/test_responses.py::test_nobody_presses_the_buttons_of_another",
        f"{_TELEGRAM}/reminders/test_responses.py::test_what_somebody_made_up_is_stale",
    ),
    32: (
        "reminders/test_schedule.py::test_in_every_zone_each_week_has_one_occurrence_around_every_change_of_its_clocks",
        "reminders/test_schedule.py::test_a_day_that_was_skipped_is_made_up_on_the_next",
    ),
    36: (
        f"{_TELEGRAM}/test_turns.py::test_many_waiting_updates_of_one_chat_do_not_hold_up_another",
        f"{_TELEGRAM}/test_inbox.py::test_whatever_one_chat_writes_however_fast_is_answered_and_others_too",
    ),
    37: (
        "test_main.py::test_run_without_a_token_says_where_to_get_one",
        f"{_TELEGRAM}/test_faults.py::test_a_wrong_token_ends_the_program_with_one_sentence",
        f"{_STORAGE}/test_database.py::test_a_folder_that_cannot_be_written_is_named",
    ),
    38: (
        f"{_STORAGE}/test_database.py::test_a_migration_that_fails_leaves_the_database_as_it_was",
        f"{_STORAGE}/test_database.py::test_a_newer_schema_is_refused",
    ),
    39: (
        f"{_TELEGRAM}/reminders/test_the_rest.py::test_blocked_is_resting_and_unblocked_is_asked",
        f"{_TELEGRAM}/reminders/test_the_rest.py::test_groups_have_no_reminders",
    ),
    40: ("simulation/test_mutants.py::test_it_is_found_out_that_the_guard_is_gone",),
}
"""By number; a file, or a test in it."""

NOT_INJECTED: dict[int, str] = {
    14: "power is not cut here: that what was acknowledged is on the disk rests on synchronous=FULL, see test_disk.py",
    35: "thousands that are due at once take minutes: benchmarks/herd.py and benchmarks/kills.py measure them",
}
NOT_BUILT: dict[int, str] = {
    34: "a clock that is slewed by parts of a second cannot be told from one that is right",
}
"""What the table asks beyond what is tested under the number."""


def named(file: Path) -> Iterator[str]:
    return iter(re.findall(r"^(?:async )?def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE))


def injected() -> set[int]:
    """The numbers in names: `test_fault_06_…`, or `test_fault_01_to_05_…`."""
    names = [name for file in TESTS.rglob("test_*.py") for name in named(file)]
    found = [match.groups() for name in names if (match := re.match(r"test_fault_(\d\d)(?:_to_(\d\d))?_", name))]
    return {number for first, last in found for number in range(int(first), int(last or first) + 1)}


def test_each_of_the_forty_is_injected_or_it_is_said_why_not() -> None:
    assert injected() | set(ELSEWHERE) | set(NOT_INJECTED) == set(FORTY)
    assert not (injected() | set(ELSEWHERE)) & set(NOT_INJECTED)
    assert set(NOT_BUILT) <= injected()


@pytest.mark.parametrize("test", [test for tests in ELSEWHERE.values() for test in tests])
def test_what_is_proved_elsewhere_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert (TESTS / file).is_file()
    assert not name or name in named(TESTS / file)
