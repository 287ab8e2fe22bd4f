"""Do the figures agree with each other: the findings of atlas.checks, with their verdicts."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import pandas as pd
import typer

from atlas import views, wording
from atlas.charts import Style
from atlas.checks import SEVERITIES, Finding
from atlas.checks import check as findings_on
from atlas.cli.common import HERE, INPUT, Demo, Project, refuse, report
from atlas.settings import Review
from atlas.workspace import Workspace

FORMATS = ("text", "json", "csv")


def check(
    project: Project = HERE,
    severity: Annotated[
        str,
        typer.Option(
            help=f"Ne montre que cette gravité : {', '.join(SEVERITIES)}.", show_default="toutes"
        ),
    ] = "",
    format: Annotated[
        str, typer.Option(help="text (à lire), json ou csv (séparé par des virgules).")
    ] = "text",
    demo: Demo = False,
) -> None:
    """Cherche les chiffres qui se contredisent, quels que soient les arrondis.

    Termine par 1 si un constat (hors informations) n’a pas de verdict dans
    data/reviewed_findings.yaml, ou si un fichier a des problèmes.
    """
    _refuse_unknown("gravité", severity, SEVERITIES)
    _refuse_unknown("format", format, FORMATS)
    workspace = Workspace(project)
    desk, reviews = _read(workspace, demo=demo)
    found = findings_on(desk.book.figures, desk.settings, desk.territories)
    shown = [f for f in found if wording.slug(severity) in ("", wording.slug(f.severity))]
    _print(desk, shown, reviews, format)
    _name_stale(reviews, found)
    unread = [f for f in found if f.severity != "information" and f.key not in reviews]
    if format == "text":
        typer.echo(views.coherence_summary(found, reviews))
    if unread or workspace.problems():
        raise typer.Exit(INPUT)


def _refuse_unknown(what: str, word: str, known: Sequence[str]) -> None:
    if word and wording.slug(word) not in map(wording.slug, known):
        raise refuse(f"« {word} » n’est pas une valeur de {what}. Écrivez {', '.join(known)}.")


def _name_stale(reviews: dict[str, Review], found: list[Finding]) -> None:
    for key in sorted(reviews.keys() - {finding.key for finding in found}):
        typer.echo(
            f"data/reviewed_findings.yaml : le verdict « {key} » ne correspond plus à "
            "aucun constat. Retirez-le.",
            err=True,
        )


def _read(workspace: Workspace, *, demo: bool) -> tuple[views.Desk, dict[str, Review]]:
    settings, territories, book = (
        workspace.settings,
        workspace.territories,
        workspace.book(demo=demo),
    )
    reviews = {} if demo else workspace.reviews
    report(workspace.problems())
    if settings is None or territories is None or book is None:
        raise typer.Exit(INPUT)
    return views.Desk(settings, territories, book, None, (), Style.light(settings.brand)), reviews


def _print(
    desk: views.Desk, findings: list[Finding], reviews: dict[str, Review], output: str
) -> None:
    table = views.coherence_table(desk, findings, reviews)
    if output == "json":
        found = [asdict(finding) | _reviewed(reviews.get(finding.key)) for finding in findings]
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    elif output == "csv":
        keys = pd.Series([finding.key for finding in findings], name="Clé", dtype=object)
        table.assign(Clé=keys).to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        for finding, row in zip(findings, table.to_dict("records"), strict=True):
            typer.echo(
                f"{row['Gravité']} — {row['Constat']}\n  Calcul : {row['Calcul']}\n"
                f"  Sources : {row['Sources']}\n  Verdict : {row['Verdict']}\n"
                f"  Clé : {finding.key}\n"
            )


def _reviewed(review: Review | None) -> dict[str, str]:
    return {"verdict": review.verdict if review else "", "advice": review.advice if review else ""}
