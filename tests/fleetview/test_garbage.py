"""The collector of garbage leaves alone what stays."""

from __future__ import annotations

import gc

from fleetview.garbage import YOUNG, spare_what_stays


def test_what_is_loaded_is_not_looked_at_again() -> None:
    usual = gc.get_threshold()
    try:
        spare_what_stays()
        assert gc.get_freeze_count() > YOUNG
        assert gc.get_threshold()[0] == YOUNG
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
