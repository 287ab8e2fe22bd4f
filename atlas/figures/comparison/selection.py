"""The territories of a comparison: codes, and words that stand for several codes.

A selection is written in short texts that a link can carry: « FR », « REG-75 », « regions »,
« voisins-REG-75 », « groupe-outre-mer ».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.settings import Comparison, ComparisonSpec
from atlas.territories import CODE_SEPARATOR, KIND_OF_LEVEL

EVERYONE = {"regions": "Toutes les régions", "departements": "Tous les départements"}
_AROUND, _GROUP = "voisins-", "groupe-"
# How many words the name of a file spells.
MAX_SPELT_WORDS = 3


def selection_of(page: ComparisonSpec) -> list[str]:
    """What config.yaml chooses for a page, in words."""
    return words_of_fields(page.model_dump(include={"territories", "all", "neighbours", "group"}))


def words_of_fields(fields: Mapping[str, Any]) -> list[str]:
    """The same of the keys of a comparison as they are written."""
    found = list(fields.get("territories") or ())
    found += [fields["all"]] if fields.get("all") else []
    found += [f"{_AROUND}{fields['neighbours']}"] if fields.get("neighbours") else []
    return found + ([f"{_GROUP}{fields['group']}"] if fields.get("group") else [])


def as_settings(context: FigureContext, selection: Sequence[str]) -> dict[str, object]:
    """The keys of config.yaml that choose the same; codes one by one where no key says it."""
    several = [word for word in selection if word not in context.territories]
    if len(several) > 1:
        return {"territories": codes_of(context, selection)}
    alone = [word for word in selection if word in context.territories]
    found: dict[str, object] = {"territories": alone} if alone else {}
    for word in several:
        if word in EVERYONE:
            found["all"] = word
        elif word.startswith(_AROUND):
            found["neighbours"] = word.removeprefix(_AROUND)
        else:
            found["group"] = word.removeprefix(_GROUP)
    return found


def codes_of(context: FigureContext, selection: Sequence[str]) -> list[str]:
    """The codes that a selection stands for, each once, in its order."""
    return list(dict.fromkeys(code for word in selection for code in _codes(context, word)))


def names_of(context: FigureContext, codes: Sequence[str], nation_name: str = "") -> list[str]:
    """The names of territories, fuller where two of them have the same: La Réunion is a région
    and a département. nation_name: of FR, when its value has another date."""
    names = [context.territories[code].name for code in codes]
    return [
        nation_name
        if nation_name and code == "FR"
        else name
        if names.count(name) == 1
        else context.territories[code].label
        for name, code in zip(names, codes, strict=True)
    ]


def is_known(context: FigureContext, word: str) -> bool:
    """True when a word of a selection stands for something."""
    if word.startswith(_GROUP):
        return word.removeprefix(_GROUP) in context.settings.groups
    if word.startswith(_AROUND):
        code = word.removeprefix(_AROUND)
        return code in context.territories and code.startswith(("REG-", "DEP-"))
    return word in EVERYONE or word in context.territories


def selection_name(context: FigureContext, word: str) -> str:
    """What a visitor reads for a word of a selection."""
    if word.startswith(_GROUP):
        return context.settings.groups[word.removeprefix(_GROUP)].label
    if word.startswith(_AROUND):
        return f"{context.territories[word.removeprefix(_AROUND)].label} et ses voisins"
    return EVERYONE.get(word) or context.territories[word].label


def selection_slug(context: FigureContext, text: str) -> str:
    """A selection in the name of a file: what it is made of, or how many when they are many."""
    words = text.split(CODE_SEPARATOR)
    if len(words) > MAX_SPELT_WORDS:
        return f"{len(codes_of(context, words))}-territoires"
    return "-".join(
        context.territories[word].slug if word in context.territories else french.slug(word)
        for word in words
    )


def selection_options(context: FigureContext, page: Comparison) -> list[str]:
    """What a visitor may choose: words, then the territories that have figures; the page's own
    are always among them."""
    rows = context.dataset.observations
    present = set(rows.loc[~rows["uncertain"], "territory"])
    regions = context.territories.of_kind("REG")
    around = [code for code in regions if context.shapes and context.shapes.neighbours(code)]
    words = [
        *EVERYONE,
        *(f"{_GROUP}{key}" for key in context.settings.groups),
        *(code for code in context.territories.by_code if code in present),
        *(f"{_AROUND}{code}" for code in around),
    ]
    return list(dict.fromkeys([*words, *selection_of(page)]))


def _codes(context: FigureContext, word: str) -> list[str]:
    if word in EVERYONE:
        return context.territories.of_kind(KIND_OF_LEVEL[word])
    if word.startswith(_AROUND):
        code = word.removeprefix(_AROUND)
        return [code, *(context.shapes.neighbours(code) if context.shapes else ())]
    if word.startswith(_GROUP):
        return list(context.settings.groups[word.removeprefix(_GROUP)].territories)
    return [word]
