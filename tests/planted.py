"""A copy of the project in whose every free text something is planted that a page could obey."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml

#: Keys of the configuration and of the sources whose values are written freely.
FREE_KEYS = frozenset(
    [
        "title",
        "nav",
        "introduction",
        "conclusion",
        "finding",
        "text",
        "champ",
        "definition",
        "publisher",
        "licence",
        "points",
        "credit",
        "name",
        "label",
        "advice",
    ]
)
FREE_COLUMNS = ("note", "page", "name", "locative")


def planted_mark(address: str) -> str:
    """What a careless or hostile hand may write. address: of a server that hears who calls."""
    return f" ![x]({address}/i) [lien]({address}/l) :red[rouge] <b onclick=a()>gras</b>"


def plant(folder: Path, mark: str) -> int:
    """Add the mark to every free text of a project; returns to how many."""
    files = [folder / "config.yaml", *(folder / "config").glob("*.yaml")]
    count = sum(_plant_yaml(path, mark) for path in [*files, *(folder / "data").glob("*.yaml")])
    return count + sum(_plant_csv(path, mark) for path in sorted((folder / "data").glob("*.csv")))


def _plant_yaml(path: Path, mark: str) -> int:
    count = 0

    def planted(value: Any, key: str) -> Any:
        nonlocal count
        if isinstance(value, dict):
            return {name: planted(item, str(name)) for name, item in value.items()}
        if isinstance(value, list):
            return [planted(item, key) for item in value]
        if isinstance(value, str) and key in FREE_KEYS:
            count += 1
            return value + mark
        return value

    tree = planted(yaml.safe_load(path.read_text("utf-8")), "")
    if count:
        path.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), "utf-8")
    return count


def _plant_csv(path: Path, mark: str) -> int:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    places = [place for place, column in enumerate(header) if column in FREE_COLUMNS]
    for row in rows:
        for place in places:
            row[place] += mark
    if places:
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows])
    return len(rows) * len(places)
