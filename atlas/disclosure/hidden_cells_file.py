"""Which cells of the invented figures are hidden, kept in a file beside them.

Finding them takes seconds at every start of a process. The file is for invented figures only:
which cells are hidden tells something of secret ones, and a file can be edited.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd

from atlas.disclosure.cells import Cell
from atlas.settings import Settings
from atlas.territories import Territories

HiddenCells = Callable[[pd.DataFrame, Settings, Territories], set[Cell]]


def stored(
    path: Path,
    find: HiddenCells,
    figures: pd.DataFrame,
    settings: Settings,
    territories: Territories,
) -> set[Cell]:
    """What `find` gives, read from a file when it was written from the same figures, settings,
    territories and code. Written anew otherwise; a folder that cannot be written is left as is."""
    key = _key(figures, settings, territories)
    try:
        kept = json.loads(path.read_text("utf-8"))
        if kept["key"] == key:
            return {
                (place, name, corridor, period) for place, name, corridor, period in kept["cells"]
            }
    except (OSError, ValueError, KeyError, TypeError):
        pass  # none yet, or not ours
    cells = find(figures, settings, territories)
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        temporary.write_text(json.dumps({"key": key, "cells": sorted(cells)}), "utf-8")
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
    return cells


def _key(figures: pd.DataFrame, settings: Settings, territories: Territories) -> str:
    digest = hashlib.sha256(_own_source())
    digest.update(pd.util.hash_pandas_object(figures, index=False).to_numpy().tobytes())
    digest.update(settings.model_dump_json().encode())
    digest.update(repr(territories).encode())
    return digest.hexdigest()


@cache
def _own_source() -> bytes:
    """The code that finds hidden cells, as it was when this process first used it."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return b"".join(module.read_bytes() for module in modules)
