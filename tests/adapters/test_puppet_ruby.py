"""Reports written by Ruby itself, which chooses styles that no imitation foresees, are read back to the letter."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from typing import Any

import pytest

from reports.adapters.puppet.runs import run_of_yaml
from reports.adapters.puppet.yaml_reports import read_carefully, read_yaml, without_folds
from tests.adapters.puppet_reports import HEAD, SMALLEST, event, resource

RUBY = "STDOUT.write(JSON.generate(JSON.parse(STDIN.read).map { |report| report.to_yaml }))"
WORDS = """
~ null yes n inf .inf 1e3 1e400 +5 007 2026-02-30 << *star &amp {a %TAG --- | @ ` [ ] , ! = .5 5. 0x1f 1_000 12:30:45
:sym é x\u202ey 🚀 \x1b[31m \x07 ' " \\ \\n \\a a b long x\x7fy \ufeff
"""
PARTS = [*WORDS.split(), *" \t\n", "\n\n", "\r\n", "\0", "- dash", "a: b", "# c", "word " * 20]
RAW_BREAKS = ["x\x85y", "x\u2028y", "a\u2028\u2028b", "x\u2029y", "\n\x85y"]

pytestmark = [
    pytest.mark.tools,
    pytest.mark.skipif(shutil.which("ruby") is None, reason="no ruby here to write YAML with"),
]


def odd_reports(seed: int, count: int) -> list[dict[str, Any]]:
    rng = random.Random(seed)  # noqa: S311 - the same odd texts in every run
    texts = ("".join(rng.choices(PARTS + RAW_BREAKS, k=rng.randint(1, 10))) for _ in range(2 * count))
    return [report_of(title, message) for title, message in zip(texts, texts, strict=True)]


def report_of(title: str, message: str) -> dict[str, Any]:
    (told,) = resource("File[/a]", event(message=message, previous_value=title), title=title).values()
    return {**SMALLEST, "resource_statuses": {f"File[{title}]": told}}


def written_by_ruby(reports: list[dict[str, Any]]) -> list[bytes]:
    ran = subprocess.run(
        ["ruby", "-ryaml", "-rjson", "-e", RUBY], input=json.dumps(reports).encode(), capture_output=True, check=True
    )
    return [text.replace("---\n", HEAD, 1).encode() for text in json.loads(ran.stdout)]


@pytest.mark.parametrize("seed", range(3))
def test_what_ruby_itself_writes_is_read_back_by_both_ways(seed: int) -> None:
    reports = odd_reports(seed, 300)
    for report, body in zip(reports, written_by_ruby(reports), strict=True):
        quick = run_of_yaml(read_yaml(body))
        (meant,) = report["resource_statuses"].values()
        assert quick.resources[0].title == meant["title"]
        assert quick.resources[0].changes[0].message == meant["events"][0]["message"]
        assert run_of_yaml(read_carefully(without_folds(body))) == quick
