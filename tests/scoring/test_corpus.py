"""The corpora that are at hand are told as well as is promised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.adapters.discovery import corpora
from reports.scoring.corpus import score_corpora
from reports.store.tables import Node
from tests.corpus import CORPUS, needs_corpus

pytestmark = pytest.mark.django_db


@needs_corpus
def test_every_aim_is_reached_on_the_corpus() -> None:
    scores = [*score_corpora(CORPUS)]
    assert {score.name: score.misses for score in scores if score.misses} == {}
    assert sum(1 for score in scores if score.tally) > len(corpora())
    assert not Node.objects.exists()


def test_a_folder_without_corpora_is_said_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="no corpus below"):
        call_command("score_causes", tmp_path)
    out = capsys.readouterr().out
    assert all(f"no manifest.json in {tmp_path / tool}" in out for tool in corpora())


def test_corpora_of_some_tools_do_and_the_others_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tool = "salt"
    (tmp_path / tool).mkdir()
    (tmp_path / tool / "manifest.json").write_text(json.dumps({"files": []}))
    call_command("score_causes", tmp_path)
    out = capsys.readouterr().out
    assert out.count("no manifest.json") == len(corpora()) - 1
    assert "Every aim was reached." in out
