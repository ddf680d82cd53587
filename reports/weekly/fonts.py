"""The fonts of a brief: from packages, never from the machine, so that every machine prints the same."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

import fontpkg_ibm_plex_mono
import fontpkg_ibm_plex_sans
import manimgx_fonts
import manimgx_fonts_cjk
import typst

from reports.weekly.coverage import read_coverage

SANS: Final = "IBM Plex Sans"
MONO: Final = "IBM Plex Mono"

# A package's folder of fonts, the file that tells what a family covers, and its name in it.
_PLEX_SANS: Final = Path(fontpkg_ibm_plex_sans.__file__).parent / "files"
_PLEX_MONO: Final = Path(fontpkg_ibm_plex_mono.__file__).parent / "files"
_NOTO: Final = Path(manimgx_fonts.__file__).parent
_CJK: Final = Path(manimgx_fonts_cjk.__file__).parent
FOLDERS: Final = (_PLEX_SANS, _PLEX_MONO, _NOTO, _CJK)

# What the two lack is taken from these, in this order. The first that has a character gives it.
_SCRIPTS: Final = (
    *("Hebrew", "Arabic", "Armenian", "Georgian", "Ethiopic"),
    *("Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala"),
    *("Thai", "Lao", "Myanmar", "Khmer", "Symbols"),
)
FALLBACKS: Final = {
    "Noto Sans": _NOTO / "NotoSans[wght].ttf",
    **{f"Noto Sans {script}": _NOTO / f"NotoSans{script}[wght].ttf" for script in _SCRIPTS},
    "Noto Emoji": _NOTO / "NotoEmoji[wght].ttf",
    "Noto Sans CJK SC": _CJK / "NotoSansCJK-VF.otf.ttc",
}
FILES: Final = {
    SANS: _PLEX_SANS / "IBMPlexSans[wdth,wght].ttf",
    MONO: _PLEX_MONO / "IBMPlexMono-Regular.ttf",
    **FALLBACKS,
}


@functools.cache
def load_fonts() -> typst.Fonts:
    """All of them, as Typst wants them; they are opened when a page needs them."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in FOLDERS],
    )


@functools.cache
def coverages() -> tuple[frozenset[int], ...]:
    """What each family of text that is not ours covers. The two that lead are counted only where both have it.

    Text is set in the sans or in the mono; a character that one of them lacks is looked for in the fallbacks.
    """
    return (
        read_coverage(FILES[SANS]) & read_coverage(FILES[MONO]),
        *(read_coverage(path) for path in FALLBACKS.values()),
    )
