"""The docs name all there is: settings with their defaults, commands, paths, words, libraries; and no link is dead."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

from reports.adapters.discovery import doors
from reports.run import Cause, Outcome

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "docs" / "settings.md"
COMMANDS = sorted(path.stem for path in (ROOT / "reports" / "management" / "commands").glob("[!_]*.py"))
ROW = re.compile(r"^\| `(FLEETVIEW_\w+)` \| (.+?) \|", re.MULTILINE)


def pages() -> list[Path]:
    """All prose of the project."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("reports/**/*.md"), *ROOT.glob("bench/*.md")]
    return sorted(found)


def prose() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in pages())


def settings_read() -> dict[str, str | None]:
    """Every variable that the code reads, with its default as it stands there; None where there is none."""
    read: dict[str, str | None] = {}
    for path in (ROOT / "fleetview").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.args[0].value
                if isinstance(name, str) and re.fullmatch(r"FLEETVIEW_[A-Z_]+", name):
                    default = node.args[1] if len(node.args) > 1 else None
                    said = str(default.value) if isinstance(default, ast.Constant) else None
                    read[name] = read.get(name) or said
    return read


def test_every_setting_is_documented_and_no_other() -> None:
    documented = [name for name, _ in ROW.findall(SETTINGS.read_text(encoding="utf-8"))]
    assert sorted(documented) == sorted(settings_read())


def test_every_default_is_the_one_in_the_code() -> None:
    documented = dict(ROW.findall(SETTINGS.read_text(encoding="utf-8")))
    wrong = {
        name: default for name, default in settings_read().items() if default and f"`{default}`" != documented[name]
    }
    assert wrong == {}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_and_explains_itself(command: str) -> None:
    assert f"manage.py {command}" in prose()
    assert load_command_class("reports", command).help


def test_every_command_in_the_docs_exists() -> None:
    django_s_own = {"createsuperuser", "migrate", "collectstatic", "makemigrations"}
    named = set(re.findall(r"manage\.py ([a-z_]+)", prose()))
    assert named <= {*COMMANDS, *django_s_own}


def test_every_door_is_documented() -> None:
    text = prose()
    missing = [path for _, door in doors().values() for path in door.paths if f"/{path.rstrip('/')}" not in text]
    assert missing == []


def test_every_path_of_the_api_is_documented() -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    of_doors = {path for _, door in doors().values() for path in door.paths}
    paths = {path for path in _paths() if path.startswith("api/v1/")} - of_doors
    assert paths
    # `nodes/<name>/` may be written with an example in place of the parameter.
    missing = [path for path in paths if path.removeprefix("api/v1/").split("<")[0] not in text]
    assert missing == []


def _paths() -> Iterator[str]:
    yield from _below("", get_resolver().url_patterns)


def _below(prefix: str, patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(path, pattern.url_patterns)
        else:
            yield path


def test_every_word_for_an_outcome_and_a_cause_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = {word.name.lower() for word in (*Outcome, *Cause)}
    assert {word for word in words if word not in glossary} == set()


def requirements() -> list[str]:
    """What is installed, a line each."""
    files = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
    lines = [line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and line[0] not in "#-"]


def test_every_library_has_its_line() -> None:
    known = (ROOT / "docs" / "decisions" / "libraries.md").read_text(encoding="utf-8").lower()
    names = [re.split(r"[=\[<>]", line)[0].lower() for line in requirements()]
    assert len(names) > 10
    assert [name for name in names if name not in known] == []


def test_every_version_is_pinned() -> None:
    assert [line for line in requirements() if "==" not in line] == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_is_dead(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    dead = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert dead == []
