"""What templates can ask for."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.template import Context
from django.utils import timezone

from reports.pages.tags import clock, duration, exact, figure_json, mark, minute, name, number, tally, value, when
from reports.pages.viewer import Look
from reports.pages.words import Word

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_time_is_told_near_and_exact() -> None:
    context = Context({"page": SimpleNamespace(now=NOW)})
    assert when(context, NOW - timedelta(hours=3)) == (
        '<time class="ago" datetime="2026-11-23T09:00:00+00:00" title="2026-11-23 09:00:00 UTC">3 h ago</time>'
    )
    assert "time" not in when(context, None)


def test_the_exact_time_is_the_zone_s_that_holds_with_utc_beside() -> None:
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert ">2026-11-23 13:00:00 CET (12:00:00 UTC)<" in exact(NOW)
        assert ">13:00:00<" in clock(NOW)
        assert ">23 Nov 13:00<" in minute(NOW)
    with timezone.override(ZoneInfo("Pacific/Kiritimati")):
        assert ">2026-11-24 02:00:00 UTC+14 (2026-11-23 12:00:00 UTC)<" in exact(NOW)
    with timezone.override(ZoneInfo("Africa/Abidjan")):
        assert ">2026-11-23 12:00:00 UTC<" in exact(NOW), "one time is told where two would be the same"


def test_who_wants_moments_is_told_them_instead_of_ages() -> None:
    context = Context({"page": SimpleNamespace(now=NOW), "look": Look("system", "UTC", "exact")})
    assert when(context, NOW) == exact(NOW)


def test_a_figure_cannot_end_its_script_and_stays_the_same_figure() -> None:
    figure = {"name": "</script><xss>&\u2028"}
    text = figure_json(figure, "x")
    assert text.count("</script>") == 1
    assert "<xss>" not in text
    assert json.loads(text.partition(">")[2].removesuffix("</script>")) == figure


def test_a_name_is_isolated_escaped_and_breakable() -> None:
    assert name("a.b<x>") == "<bdi>a.<wbr>b&lt;x&gt;</bdi>"


def test_a_count_of_nought_is_faint_and_a_large_one_has_its_thousands_apart() -> None:
    assert tally(0, "failed") == '<span class="tally none">0</span>'
    assert tally(12345, "failed") == '<span class="tally failed">12,345</span>'
    assert number(1234567) == "1,234,567"


def test_a_mark_has_colour_icon_and_word() -> None:
    text = mark(Word("failed", "failed", 'it "broke"'))
    assert 'class="mark failed"' in text
    assert "icons.svg#failed" in text
    assert text.endswith(">failed</span>")
    assert "&quot;broke&quot;" in text


def test_a_duration_nobody_told_is_a_dash() -> None:
    assert "\N{EN DASH}" in duration(None)
    assert duration(1.25) == "1.2 s"


def test_a_value_is_escaped_and_its_digest_cut_short_with_the_whole_on_hover() -> None:
    digest = "0123456789ab" + "c" * 52
    assert value(f"<i>{digest}", "found") == (
        f'<span class="value-text found" title="&lt;i&gt;{digest}">&lt;i&gt;0123456789ab…</span>'
    )
    assert value("plain", "wanted") == '<span class="value-text wanted">plain</span>'
    assert "empty" in value("", "found")
