"""What people wrote, as HTML: plain addresses become links, and everything else is text."""

from __future__ import annotations

import re
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reports.pages.plain import UNSEEN, make_breakable, make_visible

_ADDRESS: Final = re.compile(r"""https?://[^\s<>"']+""", re.IGNORECASE)
_BEHIND: Final = ".,;:!?"  # what ends the sentence, not the address


def link_addresses(text: str) -> SafeString:
    """Escaped HTML. An address that holds what cannot be seen is left as text, for nobody could tell where it leads."""
    pieces, place = [], 0
    for found in _ADDRESS.finditer(text):
        address = _without_ending(found[0])
        pieces += [make_visible(text[place : found.start()]), _link(address)]
        place = found.start() + len(address)
    return mark_safe("".join([*pieces, make_visible(text[place:])]))  # noqa: S308 - each piece is escaped


def _without_ending(address: str) -> str:
    """The address without what closes the sentence around it; a bracket stays where the address opened it."""
    while address:
        if address[-1] in _BEHIND or (address[-1] == ")" and address.count(")") > address.count("(")):
            address = address[:-1]
        else:
            break
    return address


def _link(address: str) -> SafeString:
    shown = make_breakable(make_visible(address))
    if UNSEEN.search(address) or address.partition("://")[2] == "":
        return shown
    return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', address, shown)
