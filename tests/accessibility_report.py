"""Look at every page in every mode and write what was found in docs/accessibility.md.

``python tests/accessibility_report.py``; ends with the exit code 1 when a node is ours. The counts
of before are kept in docs/accessibility-before.csv.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from accessibility_audit import DATA_SETS, SCHEMES, every_page
from browsing import QUIET, ROOT, Site, expect_first_answer, launched
from colour_vision import ALL_VISIONS, nearest_neighbours, nearest_pair
from playwright.sync_api import sync_playwright
from shipped import SETTINGS

from atlas.figures.common.series_colours import COLOURS
from atlas.figures.common.style import Style, palette

PAGE = ROOT / "docs/accessibility.md"
BEFORE = ROOT / "docs/accessibility-before.csv"
MARKS = {name: f"<!-- {name} -->" for name in ("pages", "palettes", "end")}


def main() -> None:
    """Look, write, and say whether anything was found."""
    found, pages = audit()
    text = PAGE.read_text("utf-8")
    text = replaced(text, "pages", audit_table(read_before(), found, pages))
    PAGE.write_text(replaced(text, "palettes", palette_table()), "utf-8")
    print(f"{pages} pages, {sum(found.values())} nodes")
    sys.exit(1 if found else 0)


def audit() -> tuple[Counter[tuple[str, str]], int]:
    """Nodes by rule and page over every mode, and the number of pages."""
    modes = [[(data_set, scheme) for data_set in DATA_SETS for scheme in SCHEMES]]
    found: Counter[tuple[str, str]] = Counter()
    pages = set()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launched(playwright, *QUIET)
        site = Site(Path(folder))
        site.start()
        try:
            expect_first_answer(site, browser, "/map_3d", "Adresse inconnue")
            for seen in every_page(site, browser, modes):
                pages.add(seen.address)
                found.update((node.rule, seen.address) for node in seen.nodes)
        finally:
            site.stop()
            browser.close()
    return found, len(pages)


def read_before() -> Counter[tuple[str, str]]:
    """The counts of the file."""
    with BEFORE.open(encoding="utf-8") as rows:
        return Counter(
            {(row["rule"], row["page"]): int(row["nodes"]) for row in csv.DictReader(rows)}
        )


def audit_table(before: Counter[tuple[str, str]], now: Counter[tuple[str, str]], pages: int) -> str:
    """A row per rule and page that had a node at either time."""
    lines = [
        (rule, page or "(first page)", str(before[rule, page]), str(now[rule, page]))
        for rule, page in sorted(before | now)
    ]
    total = ("all", f"{pages} pages", str(before.total()), str(now.total()))
    return table(("rule", "page", "before", "now"), [*lines, total])


def palette_table() -> str:
    """The smallest distance of each palette in each sight, on both screens."""
    lines = []
    for screen, style in (
        ("light", Style.light(SETTINGS.brand)),
        ("dark", Style.dark(SETTINGS.brand)),
    ):
        changes = palette(style.diverging, 7)
        for name, scales in (
            ("levels, 6 classes", [palette(style.sequential, 6)]),
            ("changes, each side of zero, 7 classes", [changes[:4], changes[3:]]),
        ):
            lines.append(
                (
                    f"{name}, {screen}",
                    *(
                        f"{min(nearest_neighbours(scale, vision) for scale in scales):.1f}"
                        for vision in ALL_VISIONS
                    ),
                )
            )
    for name, colours in (
        ("corridors", [one.colour for one in SETTINGS.corridors.values()]),
        ("series", COLOURS),
    ):
        lines.append((name, *(f"{nearest_pair(colours, vision):.1f}" for vision in ALL_VISIONS)))
    heads = ("usual", "deuteranopia", "protanopia", "tritanopia", "grey")
    return table(("palette", *heads), lines)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """In Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def replaced(text: str, part: str, made: str) -> str:
    """The page with a part of it made anew."""
    before, _, rest = text.partition(MARKS[part])
    _, _, after = rest.partition(MARKS["end"])
    return f"{before}{MARKS[part]}\n{made}\n{MARKS['end']}{after}"


if __name__ == "__main__":
    main()
