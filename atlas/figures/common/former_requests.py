"""Requests written by former versions, in links and in the metadata of images."""

from __future__ import annotations

from collections.abc import Mapping

# Names of version 0.3.0 and before, and those of today.
FORMER_NAMES = {
    "against": "compared_to",
    "axis": "scales",
    "page": "comparison",
    "scale": "classes",
    "selected": "highlighted",
}


def with_present_names(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a request under the names of today."""
    return {FORMER_NAMES.get(name, name): text for name, text in texts.items()}
