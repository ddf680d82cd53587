"""Facts and packages of two nodes: what differs, and what would differ between any two."""

from __future__ import annotations

import pytest

from reports.analysis.node_facts import FactsApart, PackagesApart, Pair, compare_facts, compare_packages, is_own
from reports.run import Json

NAMES = ("web-1.example.org", "web-2.example.org")


def compare(a: dict[str, Json], b: dict[str, Json]) -> FactsApart:
    return compare_facts("one", a, b, names=NAMES)


def test_facts_are_told_by_their_dotted_paths_and_lists_as_a_whole() -> None:
    found = compare({"os": {"name": "Debian", "tags": ["a"]}}, {"os": {"name": "Ubuntu", "tags": ["a", "b"]}})
    assert found.rows == (Pair("os.name", "Debian", "Ubuntu", "one"), Pair("os.tags", '["a"]', '["a", "b"]', "one"))


def test_what_is_the_same_stands_apart_and_what_only_one_tells_is_told() -> None:
    found = compare({"kernel": "6.1", "selinux": False}, {"kernel": "6.1", "virtual": None})
    assert [fact.name for fact in found.same] == ["kernel"]
    assert found.rows == (Pair("selinux", "false", None, "one"), Pair("virtual", None, "null", "one"))


def test_a_word_and_the_number_that_is_written_like_it_are_not_the_same() -> None:
    assert compare({"x": "1"}, {"x": 1}).same == ()


@pytest.mark.parametrize(
    ("path", "a", "b"),
    [
        ("system_uptime.seconds", "12", "99"),
        ("memory.system.available_bytes", "1", "2"),
        ("networking.ip", "10.0.0.1", None),
        ("gateway", "10.0.0.1", "10.0.1.1/24"),
        ("eth0.hw", "00:16:3e:aa:bb:cc", "00:16:3e:aa:bb:cd"),
        ("dmi.product", "8d6e7c1a-0b1c-4a56-9a51-0a1b2c3d4e5f", "11111111-0b1c-4a56-9a51-0a1b2c3d4e5f"),
        ("vhost", "https://web-1.example.org/", "https://web-2.example.org/"),
        ("short", "web-1", "web-2"),
    ],
)
def test_what_is_a_nodes_own_is_known_by_its_path_or_by_the_kind_of_its_values(
    path: str, a: str, b: str | None
) -> None:
    assert is_own(path, a, b, names=NAMES)


@pytest.mark.parametrize(
    ("path", "a", "b"),
    [
        ("os.release.full", "12.5", "12.7"),
        ("processors.count", "4", "8"),
        ("timezone", "UTC", "CET"),
        ("role", "web", "db"),
        ("dns", "10.0.0.1", "off"),
        ("only", "10.0.0.1", None),
    ],
)
def test_what_says_how_a_node_is_set_up_is_not_its_own(path: str, a: str, b: str | None) -> None:
    assert not is_own(path, a, b, names=NAMES)


def test_packages_are_missing_on_one_or_of_two_versions() -> None:
    found = compare_packages({"nginx": "1.22", "vim": "9", "zsh": "5"}, {"nginx": "1.24", "vim": "9", "ash": "1"})
    assert found.rows == (Pair("ash", None, "1"), Pair("nginx", "1.22", "1.24"), Pair("zsh", "5", None))
    assert found.same == 1


def test_packages_of_a_node_that_tells_of_none_are_not_said_to_be_gone() -> None:
    assert compare_packages({"nginx": "1.22"}, {}) == PackagesApart(only_told_by="A")
    assert compare_packages({}, {"nginx": "1.22"}) == PackagesApart(only_told_by="B")
    assert compare_packages({}, {}) == PackagesApart()
