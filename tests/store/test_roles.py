"""What a node is for, told from its facts."""

from __future__ import annotations

from typing import Any

import pytest

from reports.store.roles import find_role

PATHS = ("role", "roles", "trusted.extensions.pp_role")


@pytest.mark.parametrize(
    ("facts", "role"),
    [
        ({"role": " web "}, "web"),
        ({"roles": ["web", "base", "web"]}, "base, web"),
        ({"trusted": {"extensions": {"pp_role": "db"}}}, "db"),
        ({"trusted.extensions.pp_role": "db"}, "db"),
        ({"role": "web", "roles": ["db"]}, "web"),
        ({"role": "", "roles": [], "trusted": "no table"}, None),
        ({"role": True, "roles": [1, None, {"a": "b"}]}, None),
        ({}, None),
    ],
)
def test_the_first_path_that_leads_to_words_tells_the_role(facts: dict[str, Any], role: str | None) -> None:
    assert find_role(facts, PATHS) == role


def test_a_role_of_many_words_fits_an_index() -> None:
    told = find_role({"roles": [f"role {number}\0" for number in range(1000)]}, PATHS)
    assert told is not None
    assert len(told.encode()) <= 600
    assert "\0" not in told
