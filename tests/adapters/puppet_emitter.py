"""An emitter that writes YAML as Ruby's does: the same libyaml, and Ruby's choice of style for a text."""

from __future__ import annotations

import re
from typing import Any

import yaml

# What Ruby would not read back as a text, it quotes: numbers, booleans, null, symbols, sexagesimals, dates that exist.
_NOT_TEXT = re.compile(
    r"(?i)[-+]?[\d,_]*\.?[\d_]*(e[-+]?\d+)?|[-+]?0[xob][\da-f_,]+|[-+]?\.inf|\.nan|~|null|true|false|yes|no|on|off|y|n"
    r"|[-+]?\d[\d_]*(:\d\d?)+(\.\d*)?|\d{4}-\d\d?-(0?[1-9]|1\d|2[0-8])([Tt\s].*)?|:.*|<<|="
)
_BEGINS_ODDLY = re.compile(r'[^\w][^"]*', re.DOTALL)


class RubyDumper(yaml.CSafeDumper):
    """libyaml's emitter; every scalar that it is given without a style may stay plain."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _text(dumper: RubyDumper, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text:
        style = "|"
    elif _NOT_TEXT.fullmatch(text):
        style = "'"
    elif _BEGINS_ODDLY.fullmatch(text):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


def _plain(dumper: RubyDumper, value: float | bool | None) -> yaml.ScalarNode:
    said = "" if value is None else str(value).lower()
    return dumper.represent_scalar("tag:yaml.org,2002:str", said)


RubyDumper.add_representer(str, _text)
for kind in (int, float, bool, type(None)):
    RubyDumper.add_representer(kind, _plain)


def emit(value: object) -> str:
    """One document as Ruby writes it."""
    return str(yaml.dump(value, Dumper=RubyDumper, allow_unicode=True, width=80, sort_keys=False, indent=2))
