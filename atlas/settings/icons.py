"""The line icons that stand beside key figures: an open set made for health, in templates/icons."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator

FOLDER = Path(__file__).parents[2] / "templates/icons"
#: The side of the square in which every icon is drawn, in the units of its path.
ICON_SIDE = 48.0
_PATH = re.compile(r'<path d="([^"]+)"/>')


@cache
def icon_paths() -> Mapping[str, str]:
    """The outline of each icon by its name: an SVG path of absolute M, L, C and Z, to be filled,
    whatever the rule of filling, in a square of ICON_SIDE."""
    found = {file.stem: _PATH.search(file.read_text("utf-8")) for file in FOLDER.glob("*.svg")}
    return MappingProxyType({name: path[1] for name, path in sorted(found.items()) if path})


def _known_icon(name: str) -> str:
    known = icon_paths()
    if name and name not in known:
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
        hint = f" : vouliez-vous dire « {close[0]} » ?" if close else f", parmi {', '.join(known)}"
        raise ValueError(f"« {name} » n’est pas un pictogramme de templates/icons{hint}")
    return name


#: The name of an icon, without its extension; empty for none.
Icon = Annotated[str, AfterValidator(_known_icon)]
