"""Python's collector of circular garbage, set for a process that answers requests."""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = 20_000  # containers: some pages' worth; Python's own 700 has it look seven times while one page is made


def spare_what_stays() -> None:
    """Call it when everything is loaded. The collector looks no more at what never goes, and at the rest less often.

    A page makes hardly any circles, and a look through all that is loaded takes a tenth of a second, in the middle of
    somebody's page. What it costs is a few megabytes of circles that wait.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
