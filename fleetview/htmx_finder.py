"""Serve htmx from the package django-htmx, as `/static/htmx/htmx-2.min.js`: nothing copied into git."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

LIBRARY = "htmx-2.min.js"


def package_folder() -> Path:
    """Where the library lies, found without importing the package."""
    found = importlib.util.find_spec("django_htmx")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("The package django-htmx is not installed.")
    return Path(found.submodule_search_locations[0]) / "static" / "django_htmx"


class HtmxFinder(BaseFinder):
    """Knows one file. The folder around it holds a later generation of the library, extensions, unminified copies."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.storage = FileSystemStorage(location=package_folder())
        self.storage.prefix = "htmx"  # type: ignore[attr-defined]  # collectstatic puts it before the name
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False) -> Any:  # noqa: ANN401 - overloaded in the parent
        if path != f"htmx/{LIBRARY}":
            return []
        found = self.storage.path(LIBRARY)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002
        yield LIBRARY, self.storage
