"""Two nodes side by side."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.analysis.node_pair import NodeName, NodePair, compare_two_nodes, suggest_nodes
from reports.errors import BadQuestion, NothingFound
from reports.rollups.tables import NodeState
from reports.run import InSync, Inventory, Outcome
from tests.api.conftest import NOW, keep, tell_change, tell_run

pytestmark = pytest.mark.django_db

A, B = NodeName("web-1", "main"), NodeName("web-2", "main")


def compare() -> NodePair:
    return compare_two_nodes(A, B, NOW)


def tell_inventory(node: str, *, tool: str = "generic", hours_ago: float = 1, **told: object) -> Inventory:
    return Inventory(tool, node, NOW - timedelta(hours=hours_ago), **told)  # type: ignore[arg-type]


def test_each_side_tells_the_newest_code_version_of_each_of_its_tools() -> None:
    keep(tell_run("old", "web-1", hours_ago=3, code_version="v1"), tell_run("new", "web-1", code_version="v2"))
    keep(tell_run("other", "web-1", hours_ago=2, tool="other", code_version="x"), tell_run("b", "web-2"))
    pair = compare()
    assert [(run.tool, run.code_version) for run in pair.a.newest] == [("generic", "v2"), ("other", "x")]
    assert [(run.tool, run.code_version) for run in pair.b.newest] == [("generic", None)]


def test_facts_are_compared_tool_by_tool_and_packages_whatever_tool_told_them() -> None:
    keep(
        tell_run("a", "web-1"),
        tell_run("b", "web-2"),
        inventories=(
            tell_inventory("web-1", facts={"os": "Debian"}, packages={"nginx": "1.22"}),
            tell_inventory("web-2", facts={"os": "Ubuntu"}),
            tell_inventory("web-2", tool="other", facts={"os": "elsewhere"}, packages={"nginx": "1.24"}),
        ),
    )
    pair = compare()
    assert [(fact.name, fact.a, fact.b) for fact in pair.facts.rows] == [("os", "Debian", "Ubuntu")]
    assert (pair.only_tools_a, pair.only_tools_b) == ((), ("other",))
    assert [(row.name, row.a, row.b) for row in pair.packages.rows] == [("nginx", "1.22", "1.24")]


def test_of_a_package_that_two_tools_tell_the_newer_word_counts() -> None:
    keep(
        tell_run("a", "web-1"),
        tell_run("b", "web-2"),
        inventories=(
            tell_inventory("web-1", packages={"nginx": "2"}),
            tell_inventory("web-1", tool="other", hours_ago=9, packages={"nginx": "1"}),
            tell_inventory("web-2", packages={"nginx": "3"}),
        ),
    )
    assert [(row.a, row.b) for row in compare().packages.rows] == [("2", "3")]


def test_what_only_one_manages_is_told_by_the_newest_run_that_lists_it() -> None:
    keep(
        tell_run("a", "web-1", hours_ago=2, in_sync=(InSync("File", "both"), InSync("File", "a"))),
        tell_run("a broken", "web-1", outcome=Outcome.FAILED, message="no catalog"),
        tell_run("b", "web-2", in_sync=(InSync("File", "both"), InSync("File", "b"))),
    )
    found = compare().resources
    assert (found.only_a.names, found.only_b.names, found.both) == (("File[a]",), ("File[b]",), 1)
    assert found.compared == ("generic",)
    assert found.unlisted == ()


def test_a_tool_that_lists_nothing_on_one_of_them_is_named_and_one_that_runs_on_one_alone_is_not_compared() -> None:
    keep(tell_run("a", "web-1", in_sync=(InSync("File", "a"),)), tell_run("b", "web-2"))
    keep(tell_run("c", "web-1", tool="other", in_sync=(InSync("File", "c"),)))
    found = compare().resources
    assert found.unlisted == ("generic",)
    assert found.only_a.count == 0


def test_a_resource_that_is_corrected_on_one_alone_behaves_differently() -> None:
    drift, alike = tell_change("motd", corrective=True), tell_change("both", corrective=True)
    keep(
        tell_run("a", "web-1", outcome=Outcome.CORRECTED, resources=(drift, alike)),
        tell_run("b", "web-2", outcome=Outcome.CORRECTED, resources=(alike,)),
    )
    (habit,) = compare().habits
    assert (habit.resource, habit.a.corrections, habit.b.corrections) == ("File[motd]", 1, 0)


def test_a_node_is_not_compared_with_itself_nor_with_one_that_is_not_there() -> None:
    keep(tell_run("a", "web-1"))
    with pytest.raises(BadQuestion, match="the very node that a is"):
        compare_two_nodes(A, A, NOW)
    with pytest.raises(NothingFound, match="no node web-2"):
        compare()


def test_one_name_in_two_sites_is_two_nodes() -> None:
    keep(tell_run("a", "web-1", code_version="v1"))
    keep(tell_run("b", "web-1", code_version="v2"), site="branch")
    pair = compare_two_nodes(A, NodeName("web-1", "branch"), NOW)
    assert (pair.a.newest[0].code_version, pair.b.newest[0].code_version) == ("v1", "v2")


def test_nodes_of_the_same_role_and_environment_are_suggested() -> None:
    for word, environment in (("web-1", "production"), ("web-2", "production"), ("web-3", "staging")):
        keep(tell_run(word, word, environment=environment))
    keep(tell_run("db-1", "db-1"))
    NodeState.objects.filter(name__startswith="web").update(role="web")
    assert suggest_nodes(A) == (B,)
    with pytest.raises(NothingFound):
        suggest_nodes(NodeName("nobody", "main"))
