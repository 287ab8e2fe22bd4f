"""The territories of a comparison: codes, and words that stand for several codes.

A selection is written in short texts that a link can carry: « FR », « REG-75 », « regions »,
« voisins-REG-75 », « groupe-outre-mer ».
"""

from __future__ import annotations

from collections.abc import Sequence

from atlas import wording
from atlas.settings import Compared, Comparison
from atlas.territories import AND, KINDS
from atlas.views.desk import Desk

EVERYONE = {"regions": "Toutes les régions", "departements": "Tous les départements"}
_AROUND, _GROUP = "voisins-", "groupe-"
# How many words the name of a file spells.
SPELT = 3


def selection_of(page: Compared) -> list[str]:
    """What config.yaml chooses for a page, in words."""
    found = list(page.territories)
    found += [page.all] if page.all else []
    found += [f"{_AROUND}{page.neighbours}"] if page.neighbours else []
    return found + ([f"{_GROUP}{page.group}"] if page.group else [])


def as_settings(desk: Desk, selection: Sequence[str]) -> dict[str, object]:
    """The keys of config.yaml that choose the same; codes one by one where no key says it."""
    several = [word for word in selection if word not in desk.territories]
    if len(several) > 1:
        return {"territories": codes_of(desk, selection)}
    alone = [word for word in selection if word in desk.territories]
    found: dict[str, object] = {"territories": alone} if alone else {}
    for word in several:
        if word in EVERYONE:
            found["all"] = word
        elif word.startswith(_AROUND):
            found["neighbours"] = word.removeprefix(_AROUND)
        else:
            found["group"] = word.removeprefix(_GROUP)
    return found


def codes_of(desk: Desk, selection: Sequence[str]) -> list[str]:
    """The codes that a selection stands for, each once, in its order."""
    return list(dict.fromkeys(code for word in selection for code in _codes(desk, word)))


def names_of(desk: Desk, codes: Sequence[str]) -> list[str]:
    """The names of territories, fuller where two of them have the same: La Réunion is a région
    and a département."""
    names = [desk.territories[code].name for code in codes]
    return [
        name if names.count(name) == 1 else desk.territories[code].label
        for name, code in zip(names, codes, strict=True)
    ]


def is_known(desk: Desk, word: str) -> bool:
    """True when a word of a selection stands for something."""
    if word.startswith(_GROUP):
        return word.removeprefix(_GROUP) in desk.settings.groups
    if word.startswith(_AROUND):
        code = word.removeprefix(_AROUND)
        return code in desk.territories and code.startswith(("REG-", "DEP-"))
    return word in EVERYONE or word in desk.territories


def selection_name(desk: Desk, word: str) -> str:
    """What a visitor reads for a word of a selection."""
    if word.startswith(_GROUP):
        return desk.settings.groups[word.removeprefix(_GROUP)].label
    if word.startswith(_AROUND):
        return f"{desk.territories[word.removeprefix(_AROUND)].label} et ses voisins"
    return EVERYONE.get(word) or desk.territories[word].label


def selection_slug(desk: Desk, text: str) -> str:
    """A selection in the name of a file: what it is made of, or how many when they are many."""
    words = text.split(AND)
    if len(words) > SPELT:
        return f"{len(codes_of(desk, words))}-territoires"
    return "-".join(
        desk.territories[word].slug if word in desk.territories else wording.slug(word)
        for word in words
    )


def selection_options(desk: Desk, page: Comparison) -> list[str]:
    """What a visitor may choose: words, then the territories that have figures; the page's own
    are always among them."""
    rows = desk.book.figures
    present = set(rows.loc[~rows["uncertain"], "territory"])
    regions = desk.territories.of_kind("REG")
    around = [code for code in regions if desk.shapes and desk.shapes.neighbours(code)]
    words = [
        *EVERYONE,
        *(f"{_GROUP}{key}" for key in desk.settings.groups),
        *(code for code in desk.territories.by_code if code in present),
        *(f"{_AROUND}{code}" for code in around),
    ]
    return list(dict.fromkeys([*words, *selection_of(page)]))


def _codes(desk: Desk, word: str) -> list[str]:
    if word in EVERYONE:
        return desk.territories.of_kind(KINDS[word])
    if word.startswith(_AROUND):
        code = word.removeprefix(_AROUND)
        return [code, *(desk.shapes.neighbours(code) if desk.shapes else ())]
    if word.startswith(_GROUP):
        return list(desk.settings.groups[word.removeprefix(_GROUP)].territories)
    return [word]
