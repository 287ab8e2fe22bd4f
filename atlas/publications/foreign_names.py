"""Texts of a dossier that name another territory than its own: an entry copied from another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.selection import codes_of, selection_of
from atlas.publications.finding_check.names import adjective_mentions, territory_mentions
from atlas.settings import Dossier
from atlas.settings import dossiers as blocks
from atlas.territories import KIND_OF_LEVEL

#: Where a value stands in a dossier: « blocks », 4, « title ».
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class ForeignName:
    """place: of the text in the dossier; name: as it is written there; code: of the territory that
    it names; is_quotation: words of somebody, or the name of an organisation, that a dossier may
    hold as they are; is_figure: a code of a territory whose values the dossier would print."""

    place: Place
    name: str
    code: str
    is_quotation: bool = False
    is_figure: bool = False


def foreign_names(context: FigureContext, dossier: Dossier) -> list[ForeignName]:
    """Territories that a dossier names though they are neither its own, nor inside it, nor what
    holds it, nor compared with it, in the order of its texts; each once a text.

    Quotations and contacts are only looked at for a dossier that names nothing else: they are kept
    as they were said, and name others rightly.
    """
    known = territories_spoken_of(context, dossier)
    found = [*_foreign_figures(context, dossier, known)]
    for place, text in _texts(dossier):
        found += _foreign_in(context, dossier, known, place, text)
    if found:
        return found
    return [
        ForeignName(one.place, one.name, one.code, is_quotation=True)
        for place, text in _quotations(dossier)
        for one in _foreign_in(context, dossier, known, place, text)
    ]


def territories_spoken_of(context: FigureContext, dossier: Dossier) -> set[str]:
    """What holds the territory, and what its blocks compare it with."""
    own, is_within = dossier.territory, context.territories.is_within
    found = {code for code in context.territories.by_code if is_within(own, code)}
    compared: list[str] = []
    for block in dossier.blocks:
        codes = _compared_codes(context, block)
        if _is_of_here(context, dossier, codes):
            compared += codes
        if isinstance(block, blocks.MapBlock):  # a département is drawn within its région
            region = context.territories.region_of(own)
            compared += context.territories.of_kind(KIND_OF_LEVEL[block.level], region)
    for code in compared:
        while code:
            found.add(code)
            code = context.territories[code].parent
    return found


def _compared_codes(context: FigureContext, block: blocks.Block) -> list[str]:
    if isinstance(block, blocks.ComparisonBlock):
        return codes_of(context, selection_of(block))
    return list(block.territories) if isinstance(block, blocks.CurveBlock) else []


def _is_own(context: FigureContext, dossier: Dossier, code: str) -> bool:
    """True for a territory inside that of a dossier, or that holds it."""
    within = context.territories.is_within
    return within(code, dossier.territory) or within(dossier.territory, code)


def _is_of_here(context: FigureContext, dossier: Dossier, codes: list[str]) -> bool:
    """True where what is compared holds something of the territory: France alone is no part of
    it, but in a dossier of France."""
    return any(code != "FR" and _is_own(context, dossier, code) for code in codes)


def _foreign_figures(
    context: FigureContext, dossier: Dossier, known: set[str]
) -> Iterator[ForeignName]:
    """Figures of elsewhere, and comparisons and curves in which nothing is of here."""
    for number, block in enumerate(dossier.blocks):
        if isinstance(block, blocks.KeyFiguresBlock):
            for place, figure in enumerate(block.figures):
                code = figure.territory
                if code and code not in known and not _is_own(context, dossier, code):
                    yield ForeignName(
                        ("blocks", number, "figures", place, "territory"),
                        context.territories[code].name,
                        code,
                        is_figure=True,
                    )
        codes = _compared_codes(context, block)
        others = [code for code in codes if code != "FR"]
        if others and not _is_of_here(context, dossier, codes):
            yield ForeignName(
                ("blocks", number, "territories"),
                context.territories[others[0]].name,
                others[0],
                is_figure=True,
            )


def _texts(dossier: Dossier) -> Iterator[tuple[Place, str]]:
    for name in ("nav", "title", "introduction", "headline", "lead", "about"):
        yield (name,), getattr(dossier, name)
    for number, block in enumerate(dossier.blocks):
        yield ("blocks", number, "title"), block.title or ""
        yield ("blocks", number, "text"), block.text or ""
        if isinstance(block, blocks.KeyFiguresBlock):
            for place, figure in enumerate(block.figures):
                for name in ("heading", "label"):
                    yield ("blocks", number, "figures", place, name), getattr(figure, name) or ""


def _quotations(dossier: Dossier) -> Iterator[tuple[Place, str]]:
    for number, quote in enumerate(dossier.quotes):
        for name in ("text", "role"):
            yield ("quotes", number, name), getattr(quote, name)
    for number, contact in enumerate(dossier.contacts):
        yield ("contacts", number, "organisation"), contact.organisation


def _foreign_in(
    context: FigureContext, dossier: Dossier, known: set[str], place: Place, text: str
) -> list[ForeignName]:
    found: dict[str, ForeignName] = {}
    mentions = [*territory_mentions(context, text), *adjective_mentions(context, text)]
    for mention in sorted(mentions, key=lambda one: one.start):
        is_known = any(
            code in known or context.territories.is_within(code, dossier.territory)
            for code in mention.codes
        )
        if not is_known:
            code = mention.codes[0]
            found.setdefault(code, ForeignName(place, mention.name, code))
    return list(found.values())
