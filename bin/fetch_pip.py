#!/usr/bin/env python3
"""Fetch one exact pip from the package index: for machines whose Python has neither pip nor ensurepip.

Prints where the wheel is; a wheel can be run as it is: `python pip-….whl/pip install …`. PIP_INDEX_URL is obeyed.
"""

import hashlib
import os
import re
import sys
import urllib.parse
import urllib.request
from pathlib import Path

WHEEL = "pip-24.0-py3-none-any.whl"
SHA256 = "ba0d021a166865d2265246961bec0152ff124de910c5cc39f1156ce3fa7c69dc"


def main(folder: Path) -> None:
    """Fetch the wheel into the folder, unless it is there, and check that it is the one we mean."""
    wheel = folder / WHEEL
    if not wheel.exists():
        wheel.write_bytes(fetch())
    print(wheel)


def fetch() -> bytes:
    """The wheel's bytes, as the index links to it."""
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
    page = urllib.request.urlopen(index, timeout=60).read().decode()
    link = re.search(rf'href="([^"#]*{re.escape(WHEEL)})', page)
    if link is None:
        sys.exit(f"{index} has no {WHEEL}.")
    wheel: bytes = urllib.request.urlopen(urllib.parse.urljoin(index, link[1]), timeout=60).read()
    if hashlib.sha256(wheel).hexdigest() != SHA256:
        sys.exit(f"{WHEEL} from {index} is not the file it should be: its SHA-256 differs.")
    return wheel


if __name__ == "__main__":
    main(Path(sys.argv[1]))
