"""What a territory publishes, block after block: one definition for the page, the slides, the
press text, the workbook and the web version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from atlas import periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import INVENTED, Figure
from atlas.figures.common.request import FigureRequest, RequestError
from atlas.figures.common.silhouette import Silhouette, silhouette
from atlas.figures.corridors.request import CorridorsRequest
from atlas.figures.curve.request import CurveRequest
from atlas.figures.key_figures.key_figure import KeyFigure, key_figure, key_figures_of_theme
from atlas.figures.key_figures.request import KeyFiguresRequest
from atlas.figures.map.lonely import holds_several
from atlas.figures.map.request import MapRequest, ranking_of
from atlas.figures.map.rows import map_rows
from atlas.figures.options import corridor_indicators, corridor_periods, map_periods
from atlas.figures.registry import figure_of
from atlas.figures.timeline.request import TimelineRequest
from atlas.publications.dossier_blocks import (
    block_indicators,
    block_request,
    block_table,
    key_figures_requests,
)
from atlas.publications.method.method import short_method
from atlas.publications.method.revisions import closing_text
from atlas.settings import Block, Contact, Dossier, Level, Milestone, Quote
from atlas.settings import dossiers as blocks
from atlas.tables.data import definitions_table, sources_table
from atlas.territories import CODE_SEPARATOR
from atlas.values import Table

#: How the names of the files of a draft begin.
DRAFT = "projet_"
# Corridors older than this say nothing of the period asked for.
MAX_CORRIDOR_AGE_MONTHS = 18


@dataclass(frozen=True, eq=False)
class Section:
    """One block, all of it ready to print; what it has not is empty.

    images: the cards or the milestones as drawings, where they are shown as such.
    table_source: the line under the table. absent: labels of the figures that its definition
    names and that the data do not have. indicators, sources: keys of what it shows.
    is_page_with_next: the document prints its key figures over the table of the next section.
    notes: lines for the page of notes of its last slide.
    """

    title: str = ""
    text: str = ""
    cards: tuple[KeyFigure, ...] = ()
    images: tuple[Figure, ...] = ()
    figure: Figure | None = None
    table: Table | None = None
    table_source: str = ""
    milestones: tuple[Milestone, ...] = ()
    absent: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_page_with_next: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PressTexts:
    """What a publisher writes around the figures for the press; empty where nobody wrote it.

    territory: the code of the one that is spoken of; the rest as in the settings of a dossier.
    """

    territory: str
    headline: str = ""
    lead: str = ""
    place: str = ""
    quotes: tuple[Quote, ...] = ()
    about: str = ""
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, eq=False)
class Publication:
    """key: name of its files; place and period as a reader meets them.

    sources: those of the figures shown (columns of `sources_table`); definitions: Indicateur,
    Définition, Champ. version: of the data and settings it is made from; closing: the sentence
    that says when its data were closed, empty where nobody wrote it; method: title and summary of
    each section of the method; press: for its press release and its press pack, None for what has
    none; silhouette: the outline of its territory, None without outlines. is_draft: not to be
    published, which every document and image made of it says.
    """

    key: str
    title: str
    introduction: str
    place: str
    period: str
    sections: tuple[Section, ...]
    sources: Table
    definitions: Table
    version: str
    fictitious: bool
    closing: str = ""
    method: tuple[tuple[str, str], ...] = ()
    press: PressTexts | None = None
    silhouette: Silhouette | None = None
    is_draft: bool = False

    @property
    def cards(self) -> list[KeyFigure]:
        """Its key figures, in order."""
        return [card for section in self.sections for card in section.cards]

    @property
    def main_figure(self) -> KeyFigure | None:
        """What stands for it on a cover: the first in large of its territory, else the first of
        them; None where it speaks of none."""
        code = self.press.territory if self.press else ""
        own = [card for card in self.cards if card.territory == code and card.large_value.is_known]
        return min(own, key=lambda card: card.size != "hero", default=None)

    @property
    def figures(self) -> list[Figure]:
        """Its charts and maps, in order."""
        return [section.figure for section in self.sections if section.figure]

    @property
    def images(self) -> list[Figure]:
        """All that there is an image of, in order: key figures, milestones, charts and maps."""
        return [
            figure
            for section in self.sections
            for figure in (*section.images, *([section.figure] if section.figure else []))
        ]


def dossier_publication(context: FigureContext, key: str, *, is_draft: bool = False) -> Publication:
    """The dossier of the configuration that has this key.

    is_draft: all that is made of it says so, in the names of files too.
    """
    dossier = context.settings.dossiers[key]
    quoted = context.preferring(dossier.source)
    sections = tuple(
        _with_images(quoted, _section(quoted, dossier, block), key, place)
        for place, block in enumerate(dossier.blocks)
    )
    made = _publication(
        context,
        key,
        dossier.title,
        dossier.introduction,
        dossier.period,
        sections,
        PressTexts(
            dossier.territory,
            dossier.headline,
            dossier.lead,
            dossier.place,
            tuple(dossier.quotes),
            dossier.about,
            tuple(dossier.contacts),
        ),
    )
    return _as_draft(made) if is_draft else made


def _as_draft(publication: Publication) -> Publication:
    sections = tuple(
        replace(
            section,
            images=tuple(map(_as_draft_figure, section.images)),
            figure=_as_draft_figure(section.figure) if section.figure else None,
        )
        for section in publication.sections
    )
    return replace(publication, key=f"{DRAFT}{publication.key}", sections=sections, is_draft=True)


def _as_draft_figure(figure: Figure) -> Figure:
    return replace(figure, key=f"{DRAFT}{figure.key}")


def territory_publication(context: FigureContext, code: str, period: str) -> Publication:
    """Everything that is known of a territory at the end of a period (``reference_period``)."""
    place = context.territories[code]
    date = periods.label(period)
    known = f"{'au' if len(period) == 10 else 'fin'} {date}"
    sections = [
        replace(
            _of_cards(Section(title=theme.label), found),
            images=_images(context, [KeyFiguresRequest(territory=code, period=period, theme=key)]),
        )
        for key, theme in context.settings.themes.items()
        if (found := key_figures_of_theme(context, key, territory=code, period=period))
    ]
    made = [figure_of(context, request) for request in territory_requests(context, code, period)]
    sections += [of_figure(Section(), figure) for figure in made if figure]
    return _publication(
        context,
        f"{place.slug}_{period}",
        f"{context.settings.brand.name} : {place.name}, {date}",
        f"Les derniers chiffres connus {place.locative} {known}, chacun avec sa période et "
        "sa source.",
        period,
        tuple(sections),
        PressTexts(code),
    )


def territory_requests(context: FigureContext, code: str, period: str) -> list[FigureRequest]:
    """The figures that there is something to draw for: maps, rankings, corridors, curve."""
    return [
        *_maps(context, code, period),
        *_corridors(context, code, period),
        *_curves(context, code),
    ]


def _maps(context: FigureContext, code: str, period: str) -> list[FigureRequest]:
    region = context.territories.region_of(code)
    level: Level = "caisses" if context.territories[code].kind == "CPAM" else "departements"
    found: list[FigureRequest] = []
    for indicator in context.settings.map_indicators:
        request = MapRequest(
            indicator=indicator,
            territory=region,
            period=period,
            level=level,
            highlighted="" if region == code else code,
        )
        if period in map_periods(context, request) and holds_several(context, request):
            found.append(request)
            if int((~map_rows(context, request)["missing"]).sum()) > 1:
                found.append(ranking_of(request))
    return found


def _corridors(context: FigureContext, code: str, period: str) -> list[FigureRequest]:
    """Each indicator by corridor at its latest period known then, yearly figures first."""
    known = [
        reference_period
        for reference_period in corridor_periods(context, code)
        if 0 <= periods.months_between(reference_period, period) <= MAX_CORRIDOR_AGE_MONTHS
    ]
    latest: dict[str, str] = {}
    for reference_period in known:
        for indicator in corridor_indicators(context, code, reference_period):
            latest.setdefault(indicator, reference_period)
    return [
        CorridorsRequest(indicator=indicator, territory=code, period=reference_period)
        for indicator, reference_period in latest.items()
    ]


def _curves(context: FigureContext, code: str) -> list[FigureRequest]:
    """The territory's rate among those that hold it, when it has two dates at least."""
    rows = context.dataset.observations
    found: list[FigureRequest] = []
    for indicator in context.settings.map_indicators:
        mine = rows[
            (rows["indicator"] == indicator)
            & (rows["territory"] == code)
            & rows["value"].notna()
            & ~rows["uncertain"]
        ]
        if mine["reference_period"].nunique() > 1:
            around = dict.fromkeys([code, context.territories.region_of(code), "FR"])
            territory = CODE_SEPARATOR.join(around)
            found.append(CurveRequest(indicator=indicator, territory=territory))
    return found


def _section(context: FigureContext, dossier: Dossier, block: Block) -> Section:
    start = Section(title=block.title or "", text=block.text or "")
    if isinstance(block, blocks.KeyFiguresBlock):
        found = [
            key_figure(context, ref, territory=dossier.territory, period=dossier.period)
            for ref in block.figures
        ]
        absent = [
            context.settings.indicators[ref.indicator].label
            for ref, made in zip(block.figures, found, strict=True)
            if made is None
        ]
        start = replace(start, absent=tuple(absent), is_page_with_next=bool(block.corridor_table))
        return _of_cards(start, [made for made in found if made])
    if isinstance(block, blocks.CorridorTableBlock | blocks.TerritoryTableBlock):
        source = captions.source_text(context.dataset.sources[dossier.source])
        return replace(
            start,
            table=block_table(context, dossier, block),
            table_source=f"{source}.",
            sources=(dossier.source,),
            indicators=block_indicators(block),
        )
    if isinstance(block, blocks.TimelineBlock):
        images = _images(context, [TimelineRequest(title=block.title or "")])
        return replace(start, milestones=context.milestones, images=images)
    if isinstance(block, blocks.TextBlock):
        return start
    return _of_block(context, start, block_request(context, dossier, block))


def _with_images(context: FigureContext, section: Section, key: str, place: int) -> Section:
    """The section of a block of a dossier with its cards drawn, eight to an image."""
    block = context.settings.dossiers[key].blocks[place]
    if not section.cards or not isinstance(block, blocks.KeyFiguresBlock):
        return section
    requests = key_figures_requests(context.settings.dossiers[key], key, block, len(section.cards))
    return replace(section, images=_images(context, requests))


def _images(context: FigureContext, requests: Sequence[FigureRequest]) -> tuple[Figure, ...]:
    made = (figure_of(context, request) for request in requests)
    return tuple(figure for figure in made if figure)


def _of_block(context: FigureContext, section: Section, request: FigureRequest) -> Section:
    """The figure of a block; what cannot be shown is named, with its reason when there is one."""
    name, reason, figure = context.settings.indicators[request.indicator].label, "", None
    try:
        figure = figure_of(context, request)
    except RequestError as refusal:
        reason = f" ({refusal})"
    if figure is None:
        return replace(section, absent=(f"{section.title or name}{reason}",))
    return of_figure(replace(section, title=""), figure)


def _of_cards(section: Section, found: list[KeyFigure]) -> Section:
    return replace(
        section,
        cards=tuple(found),
        indicators=tuple(dict.fromkeys(card.indicator for card in found)),
        sources=tuple(dict.fromkeys(card.source_key for card in found)),
    )


def of_figure(section: Section, figure: Figure) -> Section:
    """The figure prints its own title."""
    named = figure.request.indicator if figure.request else ""
    indicators = (named,) if named else ()
    return replace(section, figure=figure, indicators=indicators, sources=figure.sources)


def _publication(
    context: FigureContext,
    key: str,
    title: str,
    introduction: str,
    period: str,
    sections: tuple[Section, ...],
    press: PressTexts,
) -> Publication:
    used = dict.fromkeys(k for section in sections for k in section.indicators)
    sources = dict.fromkeys(k for section in sections for k in section.sources)
    return Publication(
        f"{INVENTED if context.dataset.fictitious else ''}{key}",
        title,
        introduction,
        context.territories[press.territory].name,
        periods.label(period),
        sections,
        sources_table(context, list(sources)),
        definitions_table(context, list(used)),
        context.dataset.version,
        context.dataset.fictitious,
        closing_text(context),
        short_method(context),
        press,
        silhouette(context, press.territory),
    )
