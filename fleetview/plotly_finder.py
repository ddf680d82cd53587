"""Serve plotly's own bundle, from the installed package, as `/static/plotly/plotly.min.js`: nothing copied into git."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

BUNDLE = "plotly.min.js"


def package_folder() -> Path:
    """Where the bundle lies, found without importing plotly: that takes half a second."""
    found = importlib.util.find_spec("plotly")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("The package plotly is not installed.")
    return Path(found.submodule_search_locations[0]) / "package_data"


class PlotlyFinder(BaseFinder):
    """Knows one file. The folder around it holds sample datasets too, which have no place on a web server."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.storage = FileSystemStorage(location=package_folder())
        self.storage.prefix = "plotly"  # type: ignore[attr-defined]  # collectstatic puts it before the name
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False) -> Any:  # noqa: ANN401 - overloaded in the parent
        if path != f"plotly/{BUNDLE}":
            return []
        found = self.storage.path(BUNDLE)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002
        yield BUNDLE, self.storage
