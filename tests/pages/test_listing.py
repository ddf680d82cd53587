"""What all lists share: orders, columns, counts, and the form that carries them along."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from reports.analysis.counting import count_up_to
from reports.pages import listing
from reports.pages.choose_columns import LISTINGS
from reports.pages.columns import on_page
from reports.pages.nodes import COLUMNS
from reports.pages.table_head import columns_shown, lay_head
from tests.api.conftest import keep, tell_run
from tests.pages.conftest import Reader

EACH = pytest.mark.parametrize("which", LISTINGS)


def heads(seen_html: str) -> list[str]:
    """The columns shown, by the links that sort and the plain heads between them, as they stand in the source."""
    head = seen_html.partition("<thead>")[2].partition("</thead>")[0]
    return [part.partition(">")[2].partition("</th>")[0] for part in head.split('<th scope="col"')[1:]]


@pytest.mark.usefixtures("fleet")
@EACH
def test_every_order_is_a_page_that_says_so_in_its_head(reader: Reader, which: str) -> None:
    for order, words in LISTINGS[which].orders.items():
        seen = reader.open(f"/{which}/?sort={order}")
        assert words in seen.text
        (sorted_by,) = [told["aria-sort"] for tag, told in seen.elements.found if tag == "th" and "aria-sort" in told]
        assert sorted_by == ("descending" if order.startswith("-") else "ascending")


@pytest.mark.usefixtures("fleet")
@EACH
def test_an_order_or_column_that_means_nothing_is_refused_by_name(reader: Reader, which: str) -> None:
    assert "sort: there is no <b>colour; choose from" in reader.open(f"/{which}/?sort=<b>colour", expected=400).text
    assert "columns: there is no nothing; choose from" in reader.open(f"/{which}/?columns=nothing", expected=400).text


@pytest.mark.usefixtures("fleet")
def test_a_head_leads_to_its_order_and_keeps_the_filter(reader: Reader) -> None:
    seen = reader.open("/nodes/?environment=production&cursor=")
    assert "?environment=production&sort=-heat" in seen.links("sort=")
    assert "?environment=production&sort=-name" in seen.links("sort="), "names turn round"
    again = reader.open("/nodes/?sort=-name&environment=production")
    assert "?sort=name&environment=production" in again.links("sort=name")
    hidden = {told["name"]: told["value"] for tag, told in again.elements.found if told.get("type") == "hidden"}
    assert hidden["sort"] == "-name", "the form keeps the order"


@pytest.mark.usefixtures("fleet")
def test_the_address_says_which_columns_are_shown(reader: Reader) -> None:
    seen = reader.open("/nodes/?columns=heat,first_seen_at")
    assert [head.partition("<")[0] or "Node" for head in heads(seen.html)] == ["Node", "Node", "First seen"]
    assert "First seen" not in reader.open("/nodes/").html.partition("<thead>")[2].partition("</thead>")[0]


@pytest.mark.usefixtures("fleet")
@EACH
def test_a_choice_of_columns_is_kept_in_this_browser_and_taken_back(reader: Reader, which: str) -> None:
    optional = [column for column in on_page(LISTINGS[which].columns) if not column.is_fixed]
    chosen = optional[-1]
    told = {"page": which, "columns": [chosen.name, "no such"], "query": "sort=&columns=x&environment=production"}
    answer = reader.client.post("/columns/", told)
    assert (answer.status_code, answer["Location"]) == (302, f"/{which}/?sort=&environment=production")
    assert answer.cookies[f"fleetview_columns_{which}"].value == chosen.name
    shown = heads(reader.open(f"/{which}/").html)
    assert len(shown) == 1 + sum(column.is_fixed for column in LISTINGS[which].columns)
    reader.client.post("/columns/", {**told, "usual": "yes"})
    assert len(heads(reader.open(f"/{which}/").html)) == sum(
        column.is_usual or column.is_fixed for column in on_page(LISTINGS[which].columns)
    )


def test_columns_of_no_list_are_refused_and_nothing_is_chosen_by_a_link(reader: Reader) -> None:
    assert reader.client.post("/columns/", {"page": "https://elsewhere.example"}).status_code == 400
    assert reader.client.get("/columns/").status_code == 405


def test_a_cookie_that_means_nothing_counts_as_none() -> None:
    request = RequestFactory().get("/nodes/")
    request.COOKIES["fleetview_columns_nodes"] = "<b>.nothing"
    usual = tuple(column for column in on_page(COLUMNS) if column.is_usual)
    assert columns_shown(request, "nodes", COLUMNS) == usual
    request.COOKIES["fleetview_columns_nodes"] = "heat.nothing"
    assert [column.name for column in columns_shown(request, "nodes", COLUMNS)] == ["name", "heat"]


def test_heads_over_several_columns_span_those_that_are_shown() -> None:
    shown = [column for column in COLUMNS if column.name in {"name", "last_run_failed", "last_run_pending", "risk"}]
    head = lay_head(COLUMNS, shown, QueryDict(), order="name")
    assert [(group.label, group.span) for group in head.groups] == [("", 1), ("Resources in the last run", 2), ("", 1)]
    assert lay_head(COLUMNS, shown[:1], QueryDict(), order="name").groups == ()


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("/nodes/", "6 nodes"),
        ("/nodes/?search=quiet", "1 node,"),
        ("/nodes/?search=nobody", "0 nodes"),
        ("/runs/?outcome=failed", "1 run,"),
    ],
)
def test_what_fits_on_a_page_is_counted_without_asking(reader: Reader, query: str, told: str) -> None:
    assert told in reader.open(query).text


def test_what_goes_on_is_counted_up_to_a_bound_and_never_over_a_whole_window(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(*(tell_run(f"run {number}", f"node-{number % 4}", hours_ago=number) for number in range(7)))
    monkeypatch.setattr(listing, "LINES", 3)
    assert "4 nodes" in reader.open("/nodes/").text
    assert "7 runs" in reader.open("/runs/").text
    assert "more than 3 runs" in reader.open("/runs/?environment=production").text, "no index tells"
    assert "0 runs" in reader.open("/runs/?environment=elsewhere").text
    monkeypatch.setattr(count_up_to, "__kwdefaults__", {"most": 5})
    assert "more than 5 runs" in reader.open("/runs/").text


@EACH
def test_every_order_has_a_head_that_leads_to_it(which: str) -> None:
    names = [column.name for column in LISTINGS[which].columns]
    assert len(set(names)) == len(names)
    of_heads = {order for column in LISTINGS[which].columns for order in column.orders}
    assert of_heads == set(LISTINGS[which].orders)


def test_a_filter_without_a_name_is_told_apart_from_an_empty_fleet(reader: Reader) -> None:
    assert "No node has sent a report yet" in reader.open("/nodes/?sort=-heat&columns=heat").text
    assert "No node matches" in reader.open("/nodes/?environment=x").text


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("/nodes/?q=env:staging", "1 node,"),
        ("/nodes/?q=web&status=pending", "1 node,"),
        ("/runs/?q=outcome:failed", "1 run,"),
        ("/runs/?q=node:quiet&window=1", "0 runs"),
        ("/runs/?q=node:quiet+at:>1d&window=1", "1 run,"),  # names its time by itself, so there is no window beside it
        ("/changes/?q=cause:corrective&site=branch", "1 change,"),
    ],
)
def test_a_query_holds_beside_what_is_ticked_and_chosen(reader: Reader, query: str, told: str) -> None:
    assert told in reader.open(query).text


@pytest.mark.usefixtures("fleet")
@EACH
def test_a_query_that_means_nothing_is_told_at_the_field_and_the_form_stays(reader: Reader, which: str) -> None:
    seen = reader.open(f"/{which}/?q=env:production+colour:<b>&environment=production&sort=", expected=400)
    assert "Nothing was searched" in seen.text
    assert "There is no key colour" in seen.text
    (field,) = [told for tag, told in seen.elements.found if tag == "input" and told.get("id") == "q"]
    assert (field["value"], field["aria-invalid"]) == ("env:production colour:<b>", "true")
    assert "production" in [told.get("value") for tag, told in seen.elements.found if "selected" in told]
    assert "b" not in seen.tags()
    assert not [tag for tag, _ in seen.elements.found if tag == "tbody"]
    assert "There is no key" in reader.open(f"/{which}/export.csv?q=colour:red", expected=400).text
