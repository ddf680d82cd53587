"""The colours of print are those of the pages, and can be told apart without colour."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from reports.weekly.typeset import TEMPLATES

ROOT = Path(__file__).resolve().parents[2]
CSS = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
TOKENS = (TEMPLATES / "tokens.typ").read_text(encoding="utf-8")
BARS = (TEMPLATES / "bars.typ").read_text(encoding="utf-8")
NAMES = {
    "ground": "ground",
    "raised": "raised",
    "line-soft": "line",
    "line-strong": "line-strong",
    "ink": "text",
    "quiet": "quiet",
    "brand": "brand",
    "link-ink": "link",
    "added": "added",
    "removed": "removed",
}
OUTCOMES = ("failed", "stale_catalog", "corrected", "changed", "pending")


def in_css(name: str) -> str:
    """The light theme's."""
    found = re.search(rf"--{name}: light-dark\((#\w{{6}})", CSS)
    assert found, name
    return found[1]


def in_print(group: str) -> dict[str, str]:
    """A table of names and colours in tokens.typ."""
    found = re.search(rf"#let {group} = \((.*?)\n\)", TOKENS, re.DOTALL)
    assert found, group
    return dict(re.findall(r'(\w+): rgb\("(#\w{6})"\)', found[1]))


def light(colour: str) -> float:
    """Relative luminance, as WCAG counts it: what is left of a colour in grey."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("printed", "token"), NAMES.items())
def test_a_colour_of_print_is_the_one_of_pages(printed: str, token: str) -> None:
    assert f'#let {printed} = rgb("{in_css(token)}")' in TOKENS


def test_statuses_have_the_colours_of_pages() -> None:
    assert in_print("tones") == {name: in_css(name) for name in in_print("tones")}
    assert in_print("inks") == {name: in_css(f"{name}-ink") for name in in_print("inks")}
    assert set(OUTCOMES) < in_print("tones").keys()


def test_neighbours_in_a_stack_differ_in_pattern_or_much_in_grey() -> None:
    found = re.search(r"#let patterns = \((.*?)\n\)", BARS, re.DOTALL)
    assert found
    patterns = {
        name: re.sub(r'tone\("\w+"\)', "tone", how)
        for name, how in re.findall(r"^  (\w+): (.*),$", found[1], re.MULTILINE)
    }
    tones = in_print("tones")
    for one, other in itertools.pairwise(OUTCOMES):
        assert patterns[one] != patterns[other] or contrast(tones[one], tones[other]) > 1.5


def test_text_can_be_read_on_every_ground() -> None:
    ink, quiet = in_css("text"), in_css("quiet")
    shades = re.findall(r"#\w{6}", TOKENS.split("#let shades")[1].split("\n")[0])
    assert [light(shade) for shade in shades] == sorted(map(light, shades), reverse=True)
    assert min(contrast(ink, ground) for ground in (*shades, in_css("added"), in_css("removed"))) > 4.5
    assert contrast(quiet, in_css("ground")) > 4.5
    assert min(contrast(colour, "#ffffff") for colour in in_print("inks").values()) > 4.5
