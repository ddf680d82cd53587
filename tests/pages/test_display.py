"""Colours and time, as one browser wants them."""

from __future__ import annotations

import pytest

from tests.pages.conftest import Reader


def test_what_is_chosen_is_kept_and_holds(reader: Reader) -> None:
    answer = reader.client.post("/display/", {"theme": "dark", "zone": "Europe/Berlin", "next": "/nodes/?tool=x"})
    assert (answer.status_code, answer["Location"]) == (302, "/nodes/?tool=x")
    assert answer.cookies["fleetview_theme"]["samesite"] == "Lax"
    seen = reader.open("/nodes/")
    assert seen.elements.found[0] == ("html", dict(seen.elements.found[0][1]) | {"data-theme": "dark"})
    assert "Times in Europe/Berlin" in seen.text


def test_one_choice_leaves_the_others_alone(reader: Reader) -> None:
    reader.client.post("/display/", {"zone": "Asia/Tokyo"})
    answer = reader.client.post("/display/", {"theme": "light"})
    assert set(answer.cookies) == {"fleetview_theme"}
    assert 'value="Asia/Tokyo" selected' in reader.open("/display/").html


@pytest.mark.parametrize("field", ["theme", "zone", "times"])
@pytest.mark.parametrize("nonsense", ["", "../etc/passwd", '"><script>', "x" * 5000])
def test_what_cannot_be_chosen_is_refused_and_keeps_nothing(reader: Reader, field: str, nonsense: str) -> None:
    answer = reader.client.post("/display/", {field: nonsense})
    assert answer.status_code == 400
    assert f"{field}: there is no such choice" in answer.content.decode()
    assert answer.cookies.keys() <= {"csrftoken"}, "which any page with a form has"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_form_leads_to_no_other_host(reader: Reader, elsewhere: str) -> None:
    assert reader.client.post("/display/", {"next": elsewhere})["Location"] == "/display/"


def test_a_cookie_that_means_nothing_counts_as_none(reader: Reader) -> None:
    for cookie in ("fleetview_theme", "fleetview_zone", "fleetview_times"):
        reader.client.cookies[cookie] = "../../nonsense"
    seen = reader.open("/nodes/")
    assert "data-theme" not in seen.elements.found[0][1]
    assert "Times in UTC" in seen.text


@pytest.mark.usefixtures("fleet")
def test_moments_are_told_in_the_chosen_zone_on_pages_and_in_utc_by_the_api(reader: Reader) -> None:
    reader.client.cookies["fleetview_zone"] = "Asia/Tokyo"
    assert " JST (" in reader.open("/nodes/").html
    nodes = reader.client.get("/api/v1/nodes/").json()["results"]
    assert all(node["first_seen_at"].endswith("Z") for node in nodes)
    del reader.client.cookies["fleetview_zone"]
    assert " JST (" not in reader.open("/nodes/").html


@pytest.mark.usefixtures("fleet")
def test_days_are_utc_days_in_every_zone(reader: Reader) -> None:
    at_home = reader.open("/").links("since=")
    reader.client.cookies["fleetview_zone"] = "Pacific/Kiritimati"
    assert reader.open("/").links("since=") == at_home


@pytest.mark.usefixtures("fleet")
def test_who_wants_moments_sees_them_without_hovering(reader: Reader) -> None:
    assert " ago" in reader.open("/runs/").text
    reader.client.cookies["fleetview_times"] = "exact"
    seen = reader.open("/runs/").text
    assert " ago" not in seen
    assert " UTC" in seen
