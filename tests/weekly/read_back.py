"""Reads a printed brief back: its text, the tree of its tags, bookmarks, labels of pages, and fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

import page
import pypdf

LENGTH = "PDFA2A-STREAM-LENGTH-001"
PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


@dataclass(frozen=True)
class Tag:
    """One element of the structure: its role, its parent's, and its alternative text."""

    role: str
    parent: str
    alt: str | None


class Printed:
    """A document, as a reader program has it."""

    def __init__(self, made: bytes) -> None:
        self.made = made
        self.reader = pypdf.PdfReader(BytesIO(made))

    @cached_property
    def root(self) -> Any:  # noqa: ANN401 - whatever the document holds
        return self.reader.trailer["/Root"]

    @cached_property
    def pages(self) -> list[str]:
        return [one.extract_text() for one in self.reader.pages]

    @cached_property
    def text(self) -> str:
        """Its words, whatever lines they are broken into."""
        return " ".join(" ".join(self.pages).split())

    @cached_property
    def letters(self) -> str:
        """Without any space: names are broken wherever a column ends."""
        return "".join("".join(self.pages).split()).replace("\u200b", "")

    @cached_property
    def tags(self) -> list[Tag]:
        return list(_walk(self.root["/StructTreeRoot"], ""))

    def roles(self) -> set[str]:
        return {tag.role for tag in self.tags}

    def bookmarks(self) -> list[str]:
        return list(_titles(self.reader.outline))

    def fonts(self) -> dict[str, bool]:
        """Each font, and whether it is embedded."""
        found: dict[str, bool] = {}
        for one in self.reader.pages:
            resources: Any = one["/Resources"].get_object()
            for font in resources.get("/Font", {}).values():
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                descriptor = inner["/FontDescriptor"].get_object()
                found[str(font.get_object()["/BaseFont"])] = bool({"/FontFile2", "/FontFile3"} & descriptor.keys())
        return found

    def complaints(self) -> list[str]:
        """What a validator of PDF/UA-1 and PDF/A-2a has against it.

        It takes a carriage return that ends compressed data for a part of the line end behind it, and complains of the
        length of one stream in 256. Those are looked at here.
        """
        return [
            f"{failure.rule_id}: {failure.message}"
            for profile in PROFILES
            for failure in page.validate_pdf_bytes(self.made, profile=profile).failures
            if not (failure.rule_id == LENGTH and failure.object_id and self._ends(failure.object_id.object_number))
        ]

    def _ends(self, number: int) -> bool:
        """Whether a stream ends in a carriage return, and just where it says."""
        start = self.made.index(b"\n%d 0 obj" % number)
        data = self.made.index(b"stream\n", start) + len(b"stream\n")
        said = re.search(rb"/Length (\d+)", self.made[start:data])
        end = data + int(said[1]) if said else 0
        return self.made[end - 1 :].startswith(b"\r\nendstream")


def _walk(element: object, parent: str) -> Iterator[Tag]:
    if isinstance(element, pypdf.generic.ArrayObject):
        for one in element:
            yield from _walk(one.get_object(), parent)
    elif isinstance(element, pypdf.generic.DictionaryObject):
        role = str(element["/S"])[1:] if "/S" in element else parent
        if "/S" in element:
            yield Tag(role, parent, element.get("/Alt"))
        if "/K" in element:
            yield from _walk(element["/K"].get_object(), role)


def _titles(outline: list[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield str(entry.title)
