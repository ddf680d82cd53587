"""The page that holds two runs against each other."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

import pytest

from reports.run import Change, Outcome, ResourceOutcome, Status
from tests.api.conftest import NASTY, keep, run_id, tell_run
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")


def address(**asked: object) -> str:
    return f"/compare/runs/?{urlencode(asked)}"


def test_without_two_runs_it_asks_for_them(reader: Reader) -> None:
    seen = reader.open("/compare/runs/")
    assert "Which two" in seen.text
    assert "What the two tell differently" not in seen.text


def test_two_runs_stand_head_to_head(reader: Reader) -> None:
    seen = reader.open(address(a=run_id("web-1 first"), b=run_id("web-1 drift")))
    assert "changed in both" in seen.text
    assert "changed only in B" in seen.text
    assert "File[/etc/motd]" in seen.text
    assert "two tools" not in seen.text


def test_runs_of_two_tools_and_two_nodes_are_said_to_be_that(reader: Reader) -> None:
    seen = reader.open(address(a=run_id("web-1 clean"), b=run_id("rack"), b_node="rack/\xfc 1"))
    assert "They are runs of two tools" in seen.text
    assert "it broke" in seen.text
    assert "Node" in seen.text


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ({"a": "nonsense", "b": "nonsense"}, 400, "the id of a run is a UUID"),
        ({"a": run_id("rack"), "b": run_id("rack")}, 400, "the very run that a is"),
        ({"a": run_id("rack"), "b": run_id("never")}, 404, "no run"),
        ({"pick": "id=1"}, 400, "tick two runs"),
        ({"a": run_id("rack"), "b_node": "nobody"}, 404, "no node nobody"),
        ({"a": run_id("rack"), "b_node": "web-1"}, 400, "say which"),
        ({"a": run_id("rack"), "b_node": "w\0"}, 400, "NUL"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(
    reader: Reader, asked: dict[str, object], status: int, sentence: str
) -> None:
    assert sentence in reader.open(address(**asked), expected=status).text


def test_two_runs_ticked_in_a_list_lead_to_the_address_that_lasts(reader: Reader) -> None:
    picks = [
        urlencode({"id": run_id("rack"), "node": "rack/\xfc 1", "site": "main"}),
        urlencode({"id": run_id("branch"), "node": "web-1", "site": "branch"}),
    ]
    response = reader.client.get(f"/compare/runs/?{urlencode({'pick': picks}, doseq=True)}")
    assert response.status_code == 302
    assert response["Location"].startswith(f"/compare/runs/?a={run_id('branch')}&a_node=web-1&a_site=branch")
    assert reader.open(response["Location"]).status == 200


def test_a_run_leads_to_its_neighbours_and_to_the_nearest_run_of_another_node(reader: Reader) -> None:
    seen = reader.open(f"/runs/{run_id('web-1 drift')}/")
    (before,) = seen.links("/compare/runs/")
    assert before.startswith(f"/compare/runs/?a={run_id('web-1 first')}")
    response = reader.client.get(address(a=run_id("web-1 drift"), b_node="web-2"))
    assert response.status_code == 302
    assert f"b={run_id('web-2')}" in response["Location"]


def test_nasty_names_and_values_are_text(reader: Reader) -> None:
    for word, node, new in (("one", NASTY, "<b>1</b>"), ("two", NASTY + "2", "<b>2</b>\u202e")):
        change = Change("<i>", "<u>old</u>", new, Status.SUCCESS)
        resource = ResourceOutcome("File", NASTY, Status.SUCCESS, (change,))
        keep(tell_run(word, node, outcome=Outcome.CHANGED, resources=(resource,), code_version=NASTY + word))
    seen = reader.open(address(a=run_id("one"), b=run_id("two")))
    assert {"b", "u"} & seen.tags() == set()
    assert "<b>1</b>" in seen.text
    assert "\u202e" not in re.sub(r'(href|value|title)="[^"]*"', "", seen.html)
    assert seen.links(quote(NASTY[:5], safe=""))


def test_runs_are_ticked_in_lists_to_be_compared(reader: Reader) -> None:
    for page in ("/runs/", "/nodes/web-1/?site=main"):
        seen = reader.open(page)
        picks = [at["value"] for tag, at in seen.elements.found if tag == "input" and at.get("name") == "pick"]
        response = reader.client.get(f"/compare/runs/?{urlencode({'pick': picks[:2]}, doseq=True)}")
        assert response.status_code == 302
        assert reader.open(response["Location"]).status == 200
