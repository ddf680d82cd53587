"""Find the adapters: every folder beside this file that defines an `ADAPTER`; and what they tell of corpora."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import pkgutil
from pathlib import Path

from reports.adapters.contract import Adapter, Door
from reports.adapters.corpora import Corpus


@functools.cache
def adapters() -> tuple[Adapter, ...]:
    """All adapters, by tool name."""
    folders = (module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.ispkg)
    found = (importlib.import_module(f"reports.adapters.{name}").ADAPTER for name in folders)
    return tuple(sorted(found, key=lambda adapter: adapter.tool))


@functools.cache
def doors() -> dict[str, tuple[Adapter, Door]]:
    """Door name → its adapter and itself."""
    return {door.name: (adapter, door) for adapter in adapters() for door in adapter.doors}


@functools.cache
def corpora() -> dict[str, Corpus]:
    """Tool → how to read a corpus of its reports, for the tools whose folder has a `corpus.py`."""
    names = {adapter.tool: f"reports.adapters.{adapter.tool}.corpus" for adapter in adapters()}
    return {
        tool: importlib.import_module(name).CORPUS for tool, name in names.items() if importlib.util.find_spec(name)
    }
