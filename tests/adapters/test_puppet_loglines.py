"""The run's log: what is kept of it, and what it tells of single resources."""

from __future__ import annotations

from reports.adapters.puppet.loglines import MOST_LINES, read_logs
from reports.adapters.puppet.said import Log
from reports.adapters.puppet.values import LONGEST
from reports.run import LogLevel
from tests.adapters.puppet_reports import sample_run

DIFF = "\n--- /etc/a\t2026\n+++ /tmp/a\t2026\n@@ -1 +1 @@\n-old\n+new\n"
SOURCE = "/Stage[main]/Main/File[/etc/a]/content"


def test_debug_is_dropped_and_unknown_levels_are_kept() -> None:
    book = read_logs([Log("debug", "a", "Puppet"), Log(":info", "b", "Puppet"), Log("odd", "c", "Puppet")], ())
    assert [(line.level, line.message) for line in book.lines] == [(LogLevel.INFO, "b"), (LogLevel.NOTICE, "c")]


def test_diff_belongs_to_its_change_and_is_no_line_any_more() -> None:
    book = read_logs([Log("notice", DIFF, SOURCE), Log("notice", "content changed", SOURCE)], {"File[/etc/a]/content"})
    assert book.diffs == {"File[/etc/a]/content": DIFF.lstrip("\n")}
    assert [line.message for line in book.lines] == ["content changed"]


def test_diff_of_nobody_stays_a_line() -> None:
    book = read_logs([Log("notice", DIFF, SOURCE)], {"File[/etc/b]/content"})
    assert (book.diffs, book.lines[0].message) == ({}, DIFF)


def test_shown_diff_reaches_its_change() -> None:
    changes = [change for one in sample_run("http-shown-diff").resources for change in one.changes]
    assert next(change.diff for change in changes if change.diff).startswith("--- /etc/app/app.conf")
    assert not any("+++ /tmp" in line.message for line in sample_run("http-shown-diff").logs)


def test_title_with_slashes_and_brackets_is_found_in_a_source() -> None:
    source = "/Stage[main]/Main/Node[a]/Exec[curl http://[::1]/File[x] -o /tmp/x]"
    message = "Skipping because of failed dependencies"
    wanted = {"Exec[curl http://[::1]/File[x] -o /tmp/x]", "File[x]"}
    book = read_logs([Log("warning", message, source)], wanted)
    assert book.skips == {"Exec[curl http://[::1]/File[x] -o /tmp/x]": message}


def test_too_many_lines_lose_the_least_severe_first_and_say_so() -> None:
    logs = [Log("info", str(number), "Puppet") for number in range(MOST_LINES + 4)]
    logs[-1] = Log("err", "the reason", "Puppet")
    lines = read_logs(logs, ()).lines
    assert len(lines) == MOST_LINES + 1
    assert lines[-2].message == "the reason"
    assert lines[-1].message == "4 further lines were left out"


def test_endless_message_is_cut_visibly() -> None:
    (line,) = read_logs([Log("notice", "x" * (LONGEST + 7), "Puppet")], ()).lines
    assert line.message.endswith("… 7 characters left out")


def test_source_made_of_references_only_does_not_take_forever() -> None:
    source = "/A[" * 200_000
    book = read_logs([Log("err", "odd", source)] * 20, {"File[/etc/a]"})
    assert len(book.lines) == 20


def test_complaint_is_puppets_first_error_of_its_own() -> None:
    logs = [Log("err", "of a file", SOURCE), Log("err", "of Puppet", "Puppet"), Log("err", "later", "Puppet")]
    assert read_logs(logs, ()).complaint == "of Puppet"


def test_line_with_an_unreadable_time_is_kept_without_it() -> None:
    (line,) = read_logs([Log("notice", "a", "Puppet", "yesterday")], ()).lines
    assert line.at is None
