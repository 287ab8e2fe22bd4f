"""One image of any figure: every word of a request is an option."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, get_args

import typer

from atlas import french
from atlas.cli.common import (
    EXIT_PARTIAL,
    THIS_FOLDER,
    DayOption,
    DemoOption,
    ForceOption,
    PeriodOption,
    ProjectFolder,
    context_for_print,
    parse_day,
    refuse,
    refuse_existing,
    refuse_write_errors,
)
from atlas.cli.kind_of_file import kind_of_file
from atlas.export.image import ExportError, caption_text, image
from atlas.export.page_layout import signed_options
from atlas.export.render_pool import shared_pool
from atlas.export.signing import signing_key
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import RequestError
from atlas.figures.corridors.request import VIEWS
from atlas.figures.registry import REQUESTS, figure_of, request_from_texts
from atlas.rendering.image_kinds.registry import IMAGE_KINDS
from atlas.settings import Layout, Scales
from atlas.store.durable_files import write_files


def export(
    figure: Annotated[str, typer.Option(help=f"{', '.join(REQUESTS)}.")],
    out: Annotated[Path, typer.Option(help="Fichier à écrire.")],
    territory: Annotated[
        str,
        typer.Option(
            help="FR, REG-94, DEP-2A… ; FR+REG-94 pour une courbe, des couloirs, une bande ou des "
            "comparateurs."
        ),
    ] = "FR",
    period: PeriodOption = "",
    indicator: Annotated[
        str,
        typer.Option(
            help="Clé de config/indicators.yaml ; activation_rate sans elle, pour les figures "
            "d’un indicateur."
        ),
    ] = "",
    format: Annotated[str, typer.Option(help="Clé de « formats » de config.yaml.")] = "170mm",
    kind: Annotated[
        str,
        typer.Option(
            help=f"{french.join_with_ou(list(IMAGE_KINDS))} ; celui de l’extension de --out sans "
            "elle."
        ),
    ] = "",
    level: Annotated[str, typer.Option(help="departements, caisses ou regions.")] = "departements",
    measure: Annotated[str, typer.Option(help="value, change ou gap.")] = "value",
    classes: Annotated[
        str,
        typer.Option(
            "--classes",
            "--scale",
            help="Classes d’une carte : auto (les bornes fixes, ou des bornes rondes adaptées à la "
            "carte), fixed, quantiles, natural ou equal ; de deux cartes : auto ou fixed.",
        ),
    ] = "auto",
    compared_to: Annotated[
        str,
        typer.Option(
            "--compared-to",
            "--against",
            help="Première date de « deux-dates », d’« evolution », de couloirs ou d’une "
            "comparaison.",
        ),
    ] = "",
    classes_until: Annotated[
        str,
        typer.Option(
            help="Dernière date d’une série de « deux-dates », qui ont alors toutes les mêmes "
            "classes."
        ),
    ] = "",
    highlighted: Annotated[
        str, typer.Option("--highlighted", "--selected", help="Territoire mis en avant.")
    ] = "",
    peers: Annotated[
        str,
        typer.Option(
            help="À qui comparer, d’une bande ou de comparateurs : voisins ou population."
        ),
    ] = "",
    corridor: Annotated[str, typer.Option(help="Couloir de la figure « couloir ».")] = "",
    view: Annotated[
        str,
        typer.Option(help=f"Vue de « couloirs » ou de « couloir » : {', '.join(VIEWS)}."),
    ] = "niveau",
    order: Annotated[
        str,
        typer.Option(help="Ordre des barres de couloirs : valeur ou configuration."),
    ] = "valeur",
    index_base: Annotated[
        str,
        typer.Option("--index-base", help="Période où une évolution de couloirs vaut 100."),
    ] = "",
    axis_scale: Annotated[
        str,
        typer.Option("--axis-scale", help="Échelle d’une évolution de couloirs : lineaire ou log."),
    ] = "lineaire",
    comparison: Annotated[
        str,
        typer.Option("--comparison", "--page", help="Clé de « comparisons » de config.yaml."),
    ] = "",
    milestones: Annotated[
        bool, typer.Option("--milestones", help="Avec les jalons du service, sur une courbe.")
    ] = False,
    title: Annotated[str, typer.Option(help="Un constat, au-dessus du titre de la figure.")] = "",
    source: Annotated[
        str, typer.Option(help="Clé de data/sources.yaml, lue avant les autres.")
    ] = "",
    territories: Annotated[
        str, typer.Option(help="Territoires d’une comparaison : FR+REG-94.")
    ] = "",
    layout: Annotated[
        str, typer.Option(help=f"Présentation d’une comparaison : {', '.join(get_args(Layout))}.")
    ] = "",
    scales: Annotated[
        str,
        typer.Option(
            "--scales", "--axis", help=f"Axe d’une comparaison : {', '.join(get_args(Scales))}."
        ),
    ] = "",
    targets: Annotated[
        str,
        typer.Option(help="Indicateurs dont une comparaison montre l’objectif, joints par « + »."),
    ] = "",
    extent: Annotated[
        str,
        typer.Option(
            help="Barres d’un long classement : ends (dix premiers, dix derniers) ou all."
        ),
    ] = "ends",
    dossier: Annotated[
        str, typer.Option(help="Clé de « dossiers » de config.yaml, pour des chiffres clés.")
    ] = "",
    section: Annotated[
        str,
        typer.Option(help="Lequel de ses blocs de chiffres clés : 1, 2… ; le premier sans elle."),
    ] = "",
    theme: Annotated[str, typer.Option(help="Thème de chiffres clés : usagers, documents…")] = "",
    part: Annotated[
        str, typer.Option(help="Lesquels de chiffres clés qui font plusieurs images : 1, 2…")
    ] = "",
    caption: Annotated[
        bool, typer.Option(help="Sans légende, elle vient dans un fichier .txt.")
    ] = True,
    transparent: Annotated[bool, typer.Option(help="Fond transparent.")] = False,
    logo: Annotated[bool, typer.Option(help="Avec le logo de config.yaml.")] = True,
    embargo: DayOption = "",
    project: ProjectFolder = THIS_FOLDER,
    demo: DemoOption = False,
    force: ForceOption = False,
) -> None:
    """Écrit l’image d’une figure au format demandé."""
    shared_pool().start_ahead()
    context = context_for_print(project, demo=demo)
    kind, day = kind_of_file(out, kind), parse_day(embargo)
    if format not in context.settings.formats:
        raise refuse(
            f"Format inconnu : « {format} ». Formats : {', '.join(context.settings.formats)}."
        )
    beside = out.with_suffix(".txt")
    for target in [out] if caption else [out, beside]:
        refuse_existing(target, force)
    made = _make_figure(
        context,
        {
            "drawing": figure,
            "indicator": indicator or _usual_indicator(figure),
            "territory": territory,
            "period": period,
            "level": level,
            "measure": measure,
            "classes": classes,
            "compared_to": compared_to,
            "classes_until": classes_until,
            "highlighted": highlighted,
            "peers": peers,
            "corridor": corridor,
            "view": view,
            "order": order,
            "index_base": index_base,
            "axis_scale": axis_scale,
            "milestones": "oui" if milestones else "",
            "comparison": comparison,
            "title": title,
            "source": source,
            "territories": territories,
            "layout": layout,
            "scales": scales,
            "targets": targets,
            "extent": extent,
            "dossier": dossier,
            "section": section,
            "theme": theme,
            "part": part,
        },
    )
    options = signed_options(
        context.settings.brand,
        context.logo if logo else "",
        caption=caption,
        transparent=transparent,
        embargo=day,
    )
    try:
        content = image(
            made,
            kind,
            context.shapes,
            context.settings.formats[format],
            options=options,
            data=context.dataset.version,
            author=context.settings.brand.name,
            signing_key=signing_key(context.settings),
        )
    except ExportError as reason:
        raise refuse(str(reason), EXIT_PARTIAL) from reason
    with refuse_write_errors(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        files = {out: content}
        if not caption:
            files[beside] = caption_text(made, day).encode()
        write_files(files)


# Options that no figure but some takes are left out of a request when they say what is usual.
_USUAL = {
    "territory": "FR",
    "level": "departements",
    "measure": "value",
    "classes": "auto",
    "extent": "ends",
    "view": "niveau",
    "order": "valeur",
    "axis_scale": "lineaire",
}


def _usual_indicator(drawing: str) -> str:
    """Where the figure is that of one, and none is named."""
    known = REQUESTS.get(drawing)
    return "activation_rate" if known is None or known.needs_indicator else ""


def _make_figure(context: FigureContext, texts: dict[str, str]) -> Figure:
    """The figure of a request, which has figures to show."""
    try:
        made = figure_of(
            context,
            request_from_texts(
                {
                    name: text
                    for name, text in texts.items()
                    if name == "drawing" or text != _USUAL.get(name, "")
                }
            ),
        )
    except RequestError as reason:
        known = f" ; au choix : {', '.join(reason.known)}" if reason.known else ""
        raise refuse(f"Demande refusée : {reason}{known}.") from reason
    if made is None or not made.sources:
        raise refuse("Aucun chiffre n’est publié pour cette demande.")
    return made
