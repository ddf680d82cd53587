"""Scores all corpora below a folder, a folder for each tool that reads one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reports.adapters.corpora import MANIFEST
from reports.adapters.discovery import adapters, corpora
from reports.scoring.playing import play
from reports.scoring.tally import Tally, misses


@dataclass(frozen=True, slots=True)
class Score:
    """How one pass came out. No tally: there is no corpus of this tool."""

    name: str
    tally: Tally | None = None
    misses: tuple[str, ...] = ()


def score_corpora(folder: Path) -> Iterator[Score]:
    """One score for each pass of each tool, as soon as it is known. Writes to the database and takes it back."""
    for adapter in adapters():
        corpus = corpora().get(adapter.tool)
        if corpus is None:
            continue
        where = folder / adapter.tool
        if not (where / MANIFEST).is_file():
            yield Score(f"{adapter.label}: no {MANIFEST} in {where}")
            continue
        for one in corpus.passes(where):
            tally = Tally.of(play(adapter, one))
            yield Score(f"{adapter.label}, {one.name}", tally, tuple(misses(tally, corpus.recall)))
