"""Colours that can be read, in both themes; templates without anything that the strict policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fleetview.plotly_finder import BUNDLE, package_folder

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
PAIRS = re.findall(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", TOKENS)
LIGHT, DARK = {name: light for name, light, _ in PAIRS}, {name: dark for name, _, dark in PAIRS}
STATUSES = [name.removesuffix("-ink") for name in LIGHT if name.endswith("-ink")]
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
TINT = 0.13  # how much of a status's colour stands behind its word: .mark in parts.css


def channels(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def mixed(colour: str, ground: str, share: float) -> list[float]:
    """`share` of the one over the other, as color-mix does it in sRGB."""
    return [share * one + (1 - share) * two for one, two in zip(channels(colour), channels(ground), strict=True)]


def luminance(parts: list[float]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[float], two: list[float]) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("ground", "panel", "raised")


@THEMES
@pytest.mark.parametrize("status", STATUSES)
def test_a_status_can_be_read_on_every_ground_and_its_own_tint_and_seen_as_a_bar(
    theme: dict[str, str], status: str
) -> None:
    ink = channels(theme[f"{status}-ink"])
    for ground in GROUNDS:
        assert contrast(ink, channels(theme[ground])) >= 4.5, ground
    assert contrast(ink, mixed(theme[status], theme["panel"], TINT)) >= 4.5
    assert contrast(channels(theme[status]), channels(theme["panel"])) >= 2.9  # WCAG asks 3 of what has no word


@THEMES
@pytest.mark.parametrize("text", ["text", "quiet", "link"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read_on_every_ground(theme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(channels(theme[text]), channels(theme[ground])) >= 4.5


@THEMES
def test_values_buttons_and_the_bar_can_be_read(theme: dict[str, str]) -> None:
    for ground in ("added", "removed"):
        assert contrast(channels(theme["text"]), channels(theme[ground])) >= 4.5
    assert contrast(channels(theme["on-link"]), channels(theme["link"])) >= 4.5
    for text in ("brand-text", "brand-quiet"):
        for ground in ("brand", "brand-field"):
            assert contrast(channels(theme[text]), channels(theme[ground])) >= 4.5


@THEMES
def test_where_something_can_be_typed_is_seen(theme: dict[str, str]) -> None:
    for ground in ("ground", "panel"):
        assert contrast(channels(theme["field"]), channels(theme[ground])) >= 3
        assert contrast(channels(theme["focus"]), channels(theme[ground])) >= 3
    assert contrast(channels(theme["brand-line"]), channels(theme["brand"])) >= 3


def test_a_stylesheet_names_no_colour_of_its_own() -> None:
    """Each colour stands in tokens.css once for both themes; nothing else asks which theme holds."""
    for sheet in (ROOT / "static" / "css").glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "prefers-color-scheme" not in text, sheet.name
        if sheet.name != "tokens.css":
            assert not re.search(r"#[0-9a-f]{3,8}\b|\brgba?\(", text), sheet.name


def test_every_colour_that_is_used_is_told() -> None:
    sheets = [sheet.read_text(encoding="utf-8") for sheet in (ROOT / "static" / "css").glob("*.css")]
    told = {name for text in sheets for name in re.findall(r"(--[\w-]+):", text)}
    assert {name for text in sheets for name in re.findall(r"var\((--[\w-]+)", text)} <= told


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_style_no_script_and_no_unescaped_text(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=|javascript:|\|safe\b|autoescape off", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text), "nothing comes from another host"


def test_the_style_that_plotly_would_inject_is_still_known_by_the_same_id() -> None:
    head = (ROOT / "templates" / "parts" / "chart_head.html").read_text(encoding="utf-8")
    bundle = (package_folder() / BUNDLE).read_text(encoding="utf-8")
    injected = set(re.findall(r'getElementById\("([0-9a-f]{64})"\)', bundle))
    assert injected == set(re.findall(r'id="([0-9a-f]{64})"', head))
    assert '.matches(".no-inline-styles")' in bundle
