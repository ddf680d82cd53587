"""The search over everything, what completes a query, and how a list tells what is wrong with one."""

from __future__ import annotations

import pytest

from tests.api.conftest import NASTY, run_id
from tests.pages.conftest import Reader, Seen
from tests.query_budget import assert_budget

pytestmark = pytest.mark.usefixtures("fleet")


def marked(seen: Seen) -> str:
    """What stands in the mark of a page."""
    return seen.html.split("<mark>")[1].split("</mark>")[0]


def test_a_word_finds_nodes_runs_and_resources_with_the_way_to_all_of_them(reader: Reader) -> None:
    seen = reader.open("/search/?q=web")
    assert seen.links("/nodes/web-2/")
    assert seen.links(f"/runs/{run_id('web-1 drift')}/")
    assert "/nodes/?q=web" in seen.links()
    assert "/runs/?q=web" in seen.links()
    assert "of the last 7 days" in seen.text


def test_a_resource_is_found_by_a_word_of_its_title(reader: Reader) -> None:
    assert reader.open("/search/?q=motd").links("/resource/?name=File%5B%2Fetc%2Fmotd%5D")


def test_the_very_name_of_a_node_leads_in_every_site_that_has_it(reader: Reader) -> None:
    seen = reader.open("/search/?q=web-1")
    assert "By this very name" in seen.text
    assert seen.links("/nodes/web-1/")[:2] == ["/nodes/web-1/?site=branch", "/nodes/web-1/"]
    assert "By this very name" not in reader.open("/search/?q=web").text


def test_the_id_of_a_run_leads_to_it(reader: Reader) -> None:
    seen = reader.open(f"/search/?q={run_id('web-2')}")
    assert "By this very name" in seen.text
    assert seen.links(f"/runs/{run_id('web-2')}/")


def test_a_subject_that_does_not_know_a_key_is_left_out_and_says_so(reader: Reader) -> None:
    seen = reader.open("/search/?q=seen:<2h")
    assert "Not searched: Runs are not searched by seen." in seen.text
    assert "Not searched: Resources are not searched by seen." in seen.text
    assert seen.links("/nodes/web-2/")


def test_so_is_one_for_which_the_value_means_nothing(reader: Reader) -> None:
    seen = reader.open("/search/?q=changed:<7d")
    assert "Not searched: changed is a whole number, as in changed:>=10." in seen.text
    assert seen.links("/nodes/web-1/")
    assert seen.links("/resource/")


@pytest.mark.parametrize(
    ("query", "word", "said"),
    [
        ("web enviroment:x", "enviroment", "did you mean environment"),
        ("web outcome:faild", "faild", "Did you mean failed?"),
        ('web "open', "&quot;open", "never closed"),
        ("<b>x</b> colour:<i>", "colour", "There is no key colour for nodes, runs or resources; known are"),
    ],
)
def test_a_word_that_means_nothing_is_marked_in_the_query(reader: Reader, query: str, word: str, said: str) -> None:
    seen = reader.client.get("/search/", {"q": query})
    page = reader.open(f"/search/?{seen.wsgi_request.META['QUERY_STRING']}", expected=400)
    assert marked(page) == word
    assert said in page.text
    assert not {"b", "i"} & page.tags()


def test_nothing_asked_shows_every_key_there_is(reader: Reader) -> None:
    seen = reader.open("/search/")
    assert "Keys of nodes" in seen.text
    assert "saltenv" in seen.text
    assert reader.open("/search/?q=+").text == seen.text


def test_nothing_found_offers_to_look_further_back(reader: Reader) -> None:
    assert "/runs/?q=nobody&window=all" in reader.open("/search/?q=nobody").links()


def test_nasty_names_are_shown_and_do_nothing(reader: Reader) -> None:
    seen = reader.open("/search/?q=say")
    assert NASTY[:30].split("[")[0] in seen.text
    assert "b" not in seen.tags()
    reader.open("/search/?q=%00%ff%2a")


def test_every_page_has_the_box(reader: Reader) -> None:
    seen = reader.open("/nodes/")
    assert ("form", "/search/") in [(tag, shown.get("action")) for tag, shown in seen.elements.found]


def offered(reader: Reader, query: str, of: str = "nodes") -> list[str | None]:
    response = reader.client.get("/search/complete/", {"q": query, "at": str(len(query)), "of": of})
    seen = Seen(response.status_code, response.content.decode())
    seen.elements.feed(seen.html)
    return [shown.get("data-text") for tag, shown in seen.elements.found if tag == "li"]


@pytest.mark.parametrize(
    ("query", "of", "expected"),
    [
        ("co", "nodes", ["corrections:", "corrected:"]),
        ("HO", "nodes", ["name:"]),
        ("web", "nodes", ["web-1", "web-2"]),
        ("rack", "nodes", ['"rack/\N{LATIN SMALL LETTER U WITH DIAERESIS} 1"']),
        ("mot", "all", ['"File[/etc/motd]"']),
        ("mot", "resources", ['"File[/etc/motd]"']),
        ("env:", "nodes", ["production", "staging"]),
        ("-environment:st", "runs", ["staging"]),
        ("env:production,st", "runs", ["staging"]),
        ("tool:", "nodes", ["generic", "other"]),
        ("site:b", "nodes", ["branch"]),
        ("status:s", "nodes", ["stale_catalog", "silent"]),
        ("status:failed,u", "nodes", ["unchanged", "unknown"]),
        ("name:web", "nodes", ["web-1", "web-2"]),
        ("node:web-2", "changes", ["web-2"]),
        ("seen:<2", "nodes", ["24h"]),
        ("took:", "runs", [">1m", ">10m", ">1h"]),
        ("resource:S", "nodes", ['"Service[']),
        ('resource:"File[/etc/m', "nodes", ['"File[/etc/motd]"']),
        ("resource:Service[", "runs", ['"Service[nginx]"']),
        ("type:F", "resources", ["File"]),
        ("title:/etc", "resources", ["/etc/motd"]),
        ("nokey:x", "nodes", []),
        ("corrections:many", "nodes", []),
        ("muted:", "nodes", ["yes", "no"]),
    ],
)
def test_completion_offers_what_could_be_meant(reader: Reader, query: str, of: str, expected: list[str]) -> None:
    assert offered(reader, query, of) == expected


def test_nothing_typed_offers_every_key(reader: Reader) -> None:
    assert "resource:" in offered(reader, "", "changes")
    assert len(offered(reader, "", "all")) == 20


def test_completion_tells_what_it_stands_for(reader: Reader) -> None:
    seen = reader.open("/search/complete/?q=web+env:prod+x&at=10&of=nodes")
    (option,) = [shown for tag, shown in seen.elements.found if tag == "li"]
    assert (option["data-start"], option["data-end"]) == ("8", "12")


def test_completion_keeps_to_its_number_of_queries(reader: Reader) -> None:
    assert_budget(reader.client, "/search/complete/", "/search/complete/?q=web&at=3&of=all")


@pytest.mark.parametrize("query", ["q=a", "q=a&at=x", "q=a&at=-1", "q=" + "a" * 2001 + "&at=1"])
def test_completion_refuses_what_no_field_asks(reader: Reader, query: str) -> None:
    reader.open(f"/search/complete/?{query}", expected=400)
