"""Settings from the environment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from fleetview import env

NAME = "FLEETVIEW_SOMETHING"


def test_what_is_not_set_or_set_to_nothing_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.text(NAME, "a default") == "a default"
    monkeypatch.setenv(NAME, "  ")
    assert env.text(NAME, "a default") == "a default"
    assert env.number(NAME, "7") == 7
    assert env.words(NAME) == []


@pytest.mark.parametrize(
    ("written", "meant"), [("0", 0), ("512", 512), ("1 KiB", 1024), ("32MiB", 32 * 2**20), ("4 gib", 4 * 2**30)]
)
def test_sizes_are_read_as_people_write_them(written: str, meant: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, written)
    assert env.size(NAME, "1 B") == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("30 s", timedelta(seconds=30)), ("4h", timedelta(hours=4)), ("90 d", timedelta(days=90)), ("2w", timedelta(14))],
)
def test_durations_are_read_as_people_write_them(
    written: str, meant: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, written)
    assert env.duration(NAME, "1 s") == meant


def test_lists_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "10.0.0.0/8, ::1,")
    assert env.words(NAME) == ["10.0.0.0/8", "::1"]
    assert env.networks(NAME) == [ip_network("10.0.0.0/8"), ip_network("::1")]


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.number(NAME, "1", least=1), "0"),
        (lambda: env.number(NAME, "1"), "-1"),
        (lambda: env.number(NAME, "1"), "²"),
        (lambda: env.size(NAME, "1 B"), "32 MB"),  # a thousand, or 1024? say which
        (lambda: env.size(NAME, "1 B"), "much"),
        (lambda: env.duration(NAME, "1 s"), "90"),  # of what?
        (lambda: env.duration(NAME, "1 s"), "1 month"),
        (lambda: env.flag(NAME, "no"), "perhaps"),
        (lambda: env.networks(NAME), "10.0.0.1/8"),
    ],
)
def test_what_is_not_understood_names_the_variable_and_its_value(
    read: Callable[[], object], value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME) as refused:
        read()
    assert value in str(refused.value)
    assert "has to be" in str(refused.value)


def test_a_flag_is_read_in_the_usual_spellings(monkeypatch: pytest.MonkeyPatch) -> None:
    for spelling, meant in (("Yes", True), ("1", True), ("off", False), ("FALSE", False)):
        monkeypatch.setenv(NAME, spelling)
        assert env.flag(NAME, "no") is meant


def test_a_secret_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_text("hush\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(file))
    assert env.secret(NAME) == "hush"


def test_a_secret_is_given_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        env.secret(NAME)
    monkeypatch.setenv(NAME, "hush")
    with pytest.raises(ImproperlyConfigured, match="not both") as refused:
        env.secret(NAME)
    assert "hush" not in str(refused.value)
