"""Static files: gathered, named by content, compressed; plotly's bundle among them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders

from fleetview.htmx_finder import LIBRARY, HtmxFinder
from fleetview.plotly_finder import BUNDLE, PlotlyFinder, package_folder

MOST_BYTES = 60_000  # of the 150,000 that a page may weigh; the rest is its own text
ROOT = Path(__file__).resolve().parents[2]


def test_of_plotlys_package_one_file_is_served() -> None:
    assert [name for name, _ in PlotlyFinder().list(None)] == [BUNDLE]
    assert finders.find(f"plotly/{BUNDLE}") == str(package_folder() / BUNDLE)
    assert finders.find("plotly/widgetbundle.js") is None


def test_of_the_package_that_brings_htmx_one_file_is_served() -> None:
    assert [name for name, _ in HtmxFinder().list(None)] == [LIBRARY]
    assert finders.find(f"htmx/{LIBRARY}")
    assert finders.find("htmx/htmx-4.min.js") is None


def test_what_is_gathered_is_named_by_content_and_compressed(tmp_path: Path) -> None:
    environment = os.environ | {"FLEETVIEW_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    (compressed,) = (tmp_path / "static" / "plotly").glob("plotly.min.*.js.br")
    assert brotli.decompress(compressed.read_bytes()) == (package_folder() / BUNDLE).read_bytes()
    assert compressed.stat().st_size < 1_300_000
    assert not (tmp_path / "static" / "plotly" / BUNDLE).exists()  # only the name that may be cached for ever
    weights = [file.stat().st_size for file in (tmp_path / "static").rglob("*.gz") if "plotly" not in str(file)]
    assert sum(weights) < MOST_BYTES, "every style sheet, script and icon there is, as they are sent"
