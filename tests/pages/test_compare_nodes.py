"""The page that holds two nodes against each other."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from reports.pages import node_pair_question
from reports.run import InSync, Inventory
from tests.api.conftest import NASTY, NOW, keep, tell_change, tell_run
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")


def address(**asked: object) -> str:
    return f"/compare/nodes/?{urlencode(asked)}"


def of_main(**asked: object) -> str:
    return address(a="web-1", a_site="main", b="web-2", **asked)


def keep_apart() -> None:
    """Two nodes that differ in 50 facts and agree in one."""
    moved = {f"fact{number:02}": number for number in range(50)}
    keep(
        tell_run("n1", "n1", in_sync=(InSync("File", "left"),)),
        tell_run("n2", "n2", in_sync=(InSync("File", "right"),)),
        inventories=(
            Inventory("generic", "n1", NOW - timedelta(hours=1), facts={"os": "Debian", **moved, "uptime": 1}),
            Inventory("generic", "n2", NOW - timedelta(hours=1), facts={"os": "Debian", "uptime": 2}),
        ),
    )


def test_without_nodes_it_asks_for_them_and_with_one_it_suggests_others(reader: Reader) -> None:
    assert "Node A" in reader.open("/compare/nodes/").text
    keep(tell_run("another", "web-7"))
    seen = reader.open(address(a="web-1", a_site="main"))
    assert "Nodes of the same role and environment" in seen.text
    assert seen.links("b=web-7")


def test_a_node_leads_to_its_comparison(reader: Reader) -> None:
    assert reader.open("/nodes/web-1/").links("/compare/nodes/") == ["/compare/nodes/?a=web-1"]


def test_what_differs_stands_part_by_part(reader: Reader) -> None:
    keep_apart()
    seen = reader.open(address(a="n1", b="n2"))
    assert "fact00" in seen.text
    assert "10 more" in seen.text
    assert "1 more that would differ between any two nodes" in seen.text
    assert "File[left]" in seen.text
    assert "File[right]" in seen.text
    assert "Debian" not in seen.text
    assert "Debian" in reader.open(address(a="n1", b="n2", same=1)).text


def test_one_part_is_paged_and_narrowed_by_a_text(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_apart()
    monkeypatch.setattr(node_pair_question, "ROWS_OF_ONE", 20)
    second = reader.open(address(a="n1", b="n2", part="facts", **{"from": 20}))
    assert "fact20" in second.text
    assert "fact19" not in second.text
    assert len(second.links("from=40")) == 1
    assert len(second.links("from=0")) >= 1
    assert "File[left]" not in second.text
    narrowed = reader.open(address(a="n1", b="n2", text="FACT07"))
    assert "fact07" in narrowed.text
    assert "fact08" not in narrowed.text


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ({"a": "web-1", "a_site": "main", "b": "web-1", "b_site": "main"}, 400, "the very node that a is"),
        ({"a": "nobody", "b": "web-2"}, 404, "no node nobody in any site"),
        ({"a": "web-1", "b": "web-2"}, 400, "a_site: there is a node web-1 in each of branch, main"),
        ({"a": "web-2", "b": "web-1", "b_site": "moon"}, 404, "no node web-1 in site moon"),
        ({"part": "weather"}, 400, "part: choose from facts"),
        ({"from": "-1"}, 400, "from: the place of a row"),
        ({"a": "\0"}, 400, "NUL"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(
    reader: Reader, asked: dict[str, object], status: int, sentence: str
) -> None:
    assert sentence in reader.open(address(**asked), expected=status).text


def test_nodes_that_told_nothing_are_said_to_have_told_nothing(reader: Reader) -> None:
    seen = reader.open(of_main())
    assert "what it manages on one alone is not known" in seen.text
    assert "None." in seen.text


def test_nasty_names_and_facts_are_text(reader: Reader) -> None:
    keep(
        tell_run("one", NASTY, resources=(tell_change(NASTY, corrective=True),), code_version=NASTY),
        tell_run("two", NASTY + "2", environment=NASTY),
        inventories=tuple(
            Inventory("generic", name, NOW - timedelta(hours=1), facts={"<i>x": value}, packages={NASTY: value})
            for name, value in ((NASTY, "<b>1</b>"), (NASTY + "2", "<u>\u202e</u>" + "y" * 4000))
        ),
    )
    seen = reader.open(address(a=NASTY, b=NASTY + "2"))
    assert {"b", "u"} & seen.tags() == set()
    assert "<b>1</b>" in seen.text


def test_what_differs_comes_as_a_file_narrowed_as_the_page_is(reader: Reader) -> None:
    keep_apart()
    seen = reader.open(address(a="n1", b="n2", text="fact0"))
    (as_csv, _) = seen.links("export.")
    response = reader.client.get(f"/compare/nodes/{as_csv}")
    lines = b"".join(response).decode("utf-8-sig").split()
    assert lines[0] == "part,tool,name,a,b,is_own"
    assert lines[1] == "facts,generic,fact00,0,,false"
    assert len(lines) == 11
    assert "name two nodes" in reader.open("/compare/nodes/export.csv?a=n1", expected=400).text
