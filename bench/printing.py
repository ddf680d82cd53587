"""What does it take to print a brief? `python -m bench.printing`.

Briefs made by hand, from values to PDF: of a usual week; of one that lists a hundred nodes and as many silent ones, on
some twenty pages; of one that lists five hundred; of incidents. A gathered brief lists twenty nodes and forty silent
ones, whatever the size of the fleet. The first one reads the fonts, too.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from io import BytesIO
from typing import Final

import pypdf

from reports.weekly.compile import print_incident_brief, print_weekly_brief
from reports.weekly.paper import Paper
from tests.weekly.examples import a_large_example, an_example, an_incident

CASES: Final[tuple[tuple[str, Callable[[], bytes]], ...]] = (
    ("the first of all", lambda: print_weekly_brief(an_example(), Paper.A4)),
    ("a usual week", lambda: print_weekly_brief(an_example(), Paper.LETTER)),
    ("100 nodes listed", lambda: print_weekly_brief(a_large_example(100), Paper.A4)),
    ("500 nodes listed", lambda: print_weekly_brief(a_large_example(500), Paper.A4)),
    ("60 changes of an incident", lambda: print_incident_brief(an_incident(), Paper.A4)),
    ("2,000 changes of an incident", lambda: print_incident_brief(an_incident(2000), Paper.A4)),
)


def main() -> None:
    """One line a document: seconds by the clock and of CPU, pages, bytes."""
    print(f"{'':32}{'seconds':>9}{'CPU':>9}{'pages':>7}{'kB':>8}")
    for name, make in CASES:
        began, used = time.perf_counter(), _cpu()
        made = make()
        took, cpu = time.perf_counter() - began, _cpu() - used
        pages = len(pypdf.PdfReader(BytesIO(made)).pages)
        print(f"{name:32}{took:>9.2f}{cpu:>9.2f}{pages:>7}{len(made) // 1000:>8,}")


def _cpu() -> float:
    """Of this process and of those that it waited for."""
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


if __name__ == "__main__":
    main()
