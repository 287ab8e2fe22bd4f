"""Which files the store may change, by their name in the project.

A journal is a file like any other: it can be damaged, or written by somebody else. Whatever it
says, nothing but these is ever replaced or removed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

#: The first part of the names of data files, whatever their folder is called.
DATA = "data"
_MAX_NAME_LENGTH = 300  # characters
_YEARLY = re.compile(r"data/[0-9]{4}\.csv", re.ASCII)
_DATA = re.compile(
    r"data/(?:(?:territories|caisses|population)\.csv"
    r"|(?:sources|milestones|reviewed_findings|revisions)\.yaml)",
    re.ASCII,
)
_CONFIG = re.compile(r"config\.yaml|config/[a-z_]{1,40}\.yaml", re.ASCII)
#: A file of one dossier or comparison, named by its key.
_ENTRY = re.compile(
    r"config/(?:dossiers|comparisons)/(?=[a-z0-9_-]{1,80}\.yaml)[a-z0-9]+(?:[_-][a-z0-9]+)*\.yaml",
    re.ASCII,
)
#: Outlines, logos and office templates stand wherever config.yaml says.
_ASSET_SUFFIXES = (".geojson", ".json", ".svg", ".png", ".pptx", ".docx")
_ASSET_PART = re.compile(r"[^\W_][\w .,'’()+-]{0,100}", re.UNICODE)
_NOT_FOR_ASSETS = (DATA, "config", "atlas", "pages", "tests")


def is_yearly_name(name: str) -> bool:
    """Whether this is a file of figures: data/2025.csv."""
    return bool(_YEARLY.fullmatch(name))


def is_data_name(name: str) -> bool:
    """Whether this is a file of data/ that the dashboard reads."""
    return is_yearly_name(name) or bool(_DATA.fullmatch(name))


def is_entry_name(name: str) -> bool:
    """Whether this is the file of one dossier or comparison: config/dossiers/corse-2026.yaml."""
    return bool(_ENTRY.fullmatch(name))


def is_config_name(name: str) -> bool:
    """Whether this is a file of the configuration."""
    return bool(_CONFIG.fullmatch(name)) or is_entry_name(name)


def is_asset_name(name: str) -> bool:
    """Whether config.yaml may name this as outlines, logo or template: a visible path inside the
    project, of a kind that is no program."""
    parts = name.split("/")
    return (
        len(name) <= _MAX_NAME_LENGTH
        and name.lower().endswith(_ASSET_SUFFIXES)
        and parts[0] not in _NOT_FOR_ASSETS
        and all(_ASSET_PART.fullmatch(part) and part == part.strip(" .") for part in parts)
    )


def is_allowed_name(name: str) -> bool:
    """Whether the store may replace or remove this file."""
    return is_data_name(name) or is_config_name(name) or is_asset_name(name)


def is_inside(path: Path, base: Path) -> bool:
    """Whether a path stands in a folder once links are followed."""
    # realpath: Path.resolve raises RuntimeError on a link that leads to itself.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(base))
