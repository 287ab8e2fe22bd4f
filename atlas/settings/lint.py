"""What is well formed in the configuration and cannot work, or would mislead.

Works on the plain tree, as the check of references does, so that all is said at once; what the
models refuse is left to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, TypeGuard

from atlas.problems import Problem
from atlas.settings.colours import contrast, distance
from atlas.settings.yaml_tree import Path, YamlTree

Found = tuple[Path, str, str, str]
# Texts that name something on screen or in a file: the menu cannot show a page without a name.
_NAMES = ("title", "nav", "label", "short", "name")
# Entries told apart by what a reader sees: charts and select boxes take one for the other.
_DISTINCT = (
    ("corridors", "label"),
    ("corridors", "short"),
    ("formats", "label"),
)
_LISTS = ("territories", "indicators")
# A text needs 4.5:1 against the page, a mark 3:1 (WCAG 2.2).
_CONTRASTS = (("ink", 4.5), ("muted", 4.5), ("primary", 3.0), ("accent", 3.0))
_MARK = 3.0
PAPER = "#ffffff"
#: Distance (CIE 1976) under which two colours of corridors are taken for each other.
MIN_CORRIDOR_COLOUR_DISTANCE = 12.0
#: The narrowest image in which texts of 7 points hold, in millimetres.
MIN_IMAGE_WIDTH_MM = 40.0
#: Dots per inch beyond which the model refuses a format by itself.
MAX_DPI = 600


def lint(tree: YamlTree) -> list[Problem]:
    """Empty names, names given twice, colours that nobody tells apart, images too small.

    tree: the configuration as read.
    """
    found = [
        *_blank(tree.values, ()),
        *_repeated_entries(tree.values, ()),
        *_alike(tree),
        *_indicators_given_twice(tree),
        *_no_map(tree),
        *_aliases(tree),
        *_colours(tree),
        *_small(tree),
    ]
    return [tree.problem(*each) for each in found]


def _blank(part: Any, path: Path) -> Iterator[Found]:
    """Keys and places of a tree are walked alike."""
    entries = (
        part.items()
        if isinstance(part, dict)
        else (enumerate(part) if isinstance(part, list) else ())
    )
    for key, value in entries:
        if key in _NAMES and isinstance(value, str) and not value.strip():
            yield (
                (*path, key),
                "",
                f"« {key} » est vide",
                "Écrivez le texte que le lecteur doit voir.",
            )
        yield from _blank(value, (*path, key))


def _repeated_entries(part: Any, path: Path) -> Iterator[Found]:
    entries = (
        part.items()
        if isinstance(part, dict)
        else (enumerate(part) if isinstance(part, list) else ())
    )
    for key, value in entries:
        if key in _LISTS and isinstance(value, list):
            yield from (
                (
                    (*path, key, i),
                    item,
                    f"« {item} » figure deux fois dans « {key} »",
                    "Gardez une seule des deux lignes.",
                )
                for i, item in enumerate(value)
                if isinstance(item, str) and item in value[:i]
            )
        yield from _repeated_entries(value, (*path, key))


def _alike(tree: YamlTree) -> Iterator[Found]:
    named: list[tuple[str, list[tuple[Path, dict[str, Any]]]]] = [
        (key, [((section, name), entry) for name, entry in tree.entries(section)])
        for section, key in _DISTINCT
    ]
    named.append(("label", list((tree.indicators() or {}).values())))
    for key, entries in named:
        seen: dict[str, str] = {}
        for path, entry in entries:
            text, name = entry.get(key), str(path[-1])
            if isinstance(text, str) and text.strip():
                first = seen.setdefault(text.strip(), name)
                if first != name:
                    yield (
                        (*path, key),
                        text,
                        f"« {first} » et « {name} » portent le même nom",
                        "Donnez à chacun un nom que le lecteur distingue.",
                    )


def _indicators_given_twice(tree: YamlTree) -> Iterator[Found]:
    """YAML refuses a key given twice at one place; a key under two themes is one for the data."""
    first = tree.indicators() or {}
    for theme, _ in tree.entries("themes"):
        for key in tree.keys("themes", theme, "indicators") or {}:
            path: Path = ("themes", theme, "indicators", key)
            if first[key][0] != path:
                yield (
                    path,
                    key,
                    f"« {key} » figure aussi dans le thème « {first[key][0][1]} »",
                    "Gardez une seule des deux entrées.",
                )


def _no_map(tree: YamlTree) -> Iterator[Found]:
    """The page of the map needs something to show."""
    known = tree.indicators()
    if known is not None and not any(entry.get("bounds") for _, entry in known.values()):
        yield (
            ("themes",),
            "",
            "aucun indicateur n’a de bounds : la carte n’a rien à montrer",
            "Donnez des bornes de classes (bounds) à un taux au moins.",
        )


def _aliases(tree: YamlTree) -> Iterator[Found]:
    """Other names of a corridor that are those of one before: a file would be read as either."""
    seen: dict[str, str] = {}
    for name, entry in tree.entries("corridors"):
        others = entry.get("aliases")
        told: list[tuple[Path, Any]] = [((key,), entry.get(key)) for key in ("label", "short")]
        told += [
            (("aliases", place), text)
            for place, text in enumerate(others if isinstance(others, list) else ())
        ]
        for path, text in told:
            first = seen.setdefault(str(text).strip().casefold(), name)
            if first != name and "aliases" in path:
                yield (
                    ("corridors", name, *path),
                    str(text),
                    f"« {text} » est déjà un nom de « {first} »",
                    "Gardez-le pour un seul.",
                )


def _colours(tree: YamlTree) -> Iterator[Found]:
    brand = tree.keys("brand") or {}
    for key, least in _CONTRASTS:
        yield from _faint(("brand", key), brand.get(key), least)
    corridors = [(name, entry.get("colour")) for name, entry in tree.entries("corridors")]
    for name, colour in corridors:
        yield from _faint(("corridors", name, "colour"), colour, _MARK)
    for (one, first), (other, second) in combinations(corridors, 2):
        if (
            _is_colour(first)
            and _is_colour(second)
            and distance(first, second) < MIN_CORRIDOR_COLOUR_DISTANCE
        ):
            yield (
                ("corridors", other, "colour"),
                second,
                f"cette couleur se confond avec celle de « {one} » ({first})",
                "Choisissez une autre teinte, ou plus sombre.",
            )


def _faint(path: Path, colour: Any, least: float) -> Iterator[Found]:
    if _is_colour(colour) and contrast(colour, PAPER) < least:
        said = f"{contrast(colour, PAPER):.1f}".replace(".", ",")
        need = f"{least:g}".replace(".", ",")
        yield (
            path,
            colour,
            "cette couleur se voit mal sur fond blanc (contraste de "
            f"{said} pour 1, il en faut {need})",
            "Choisissez une couleur plus sombre.",
        )


def _small(tree: YamlTree) -> Iterator[Found]:
    """A width in pixels is on paper what the density makes of it."""
    for key, entry in tree.entries("formats"):
        pixels, dpi = entry.get("width_px"), entry.get("dpi", 300)
        if isinstance(pixels, int) and isinstance(dpi, int) and 0 < dpi <= MAX_DPI:
            wide = pixels / dpi * 25.4
            if wide < MIN_IMAGE_WIDTH_MM:
                yield (
                    ("formats", key, "width_px"),
                    str(pixels),
                    f"cette image ne ferait que {wide:.0f}\u00a0mm de large : ses textes ne "
                    "tiendraient pas",
                    "Augmentez width_px, ou diminuez dpi.",
                )


def _is_colour(text: Any) -> TypeGuard[str]:
    if not isinstance(text, str) or len(text) != 7 or not text.startswith("#"):
        return False
    return all(letter in "0123456789abcdefABCDEF" for letter in text[1:])
