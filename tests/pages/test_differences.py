"""How the old and the new value of a change are shown."""

from __future__ import annotations

from reports.pages.differences import COMPARED_LINES, SHORT_CHARACTERS, tell_difference

DIFF = "--- /etc/motd\t2026\n+++ /tmp/motd\t2026\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n\\ No newline at end of file"


def test_short_values_stand_open_side_by_side() -> None:
    shown = tell_difference("0644", "0600", diff=None, is_sensitive=False)
    assert shown.old is not None
    assert shown.new is not None
    assert (shown.old.text, shown.old.start, shown.new.text, shown.is_long) == ("0644", None, "0600", False)


def test_a_long_value_is_folded_behind_its_beginning() -> None:
    shown = tell_difference("x" * (SHORT_CHARACTERS + 1), "y", diff=None, is_sensitive=False)
    assert shown.is_long
    assert shown.old is not None
    assert shown.old.start == "x" * len(shown.old.start or "")
    assert len(shown.old.text) == SHORT_CHARACTERS + 1


def test_the_tools_own_diff_is_read_line_by_line_without_its_file_names() -> None:
    shown = tell_difference("checksum a", "checksum b", diff=DIFF, is_sensitive=False)
    assert [(line.kind, line.text) for line in shown.lines] == [
        ("place", "@@ -1,2 +1,2 @@"),
        ("same", "same"),
        ("removed", "old"),
        ("added", "new"),
        ("same", "\\ No newline at end of file"),
    ]
    assert (shown.added, shown.removed) == (1, 1)
    assert shown.old is None


def test_a_removed_line_that_begins_with_dashes_is_not_taken_for_a_file_name() -> None:
    shown = tell_difference(None, None, diff="@@ -1,3 +1 @@\n ---\n--- \n-- x", is_sensitive=False)
    assert [line.kind for line in shown.lines] == ["place", "same", "removed", "removed"]


def test_two_values_of_several_lines_are_compared_by_us() -> None:
    shown = tell_difference("a\nb\nc", "a\nB\nc", diff=None, is_sensitive=False)
    assert [(line.kind, line.text) for line in shown.lines][1:] == [
        ("same", "a"),
        ("removed", "b"),
        ("added", "B"),
        ("same", "c"),
    ]


def test_values_too_long_to_compare_are_shown_whole() -> None:
    many = "\n".join(map(str, range(COMPARED_LINES + 1)))
    shown = tell_difference(many, "one\ntwo", diff=None, is_sensitive=False)
    assert shown.lines == ()
    assert shown.old is not None
    assert shown.old.text == many


def test_a_sensitive_change_shows_nothing_even_where_a_tool_told_it() -> None:
    shown = tell_difference("secret", "secret2", diff="+secret2", is_sensitive=True)
    assert shown.is_withheld
    assert (shown.old, shown.new, shown.lines) == (None, None, ())


def test_a_value_that_is_not_told_is_not_an_empty_one() -> None:
    shown = tell_difference(None, "", diff=None, is_sensitive=False)
    assert shown.old is None
    assert shown.new is not None
    assert shown.new.text == ""


def test_a_digest_is_cut_short_and_kept_whole_beside() -> None:
    digest = "{sha256}" + "0123456789abcdef" * 4
    shown = tell_difference(digest, "0640", diff=None, is_sensitive=False)
    assert shown.old is not None
    assert shown.new is not None
    assert (shown.old.text, shown.old.brief) == (digest, "{sha256}0123456789ab…")
    assert shown.new.brief is None
