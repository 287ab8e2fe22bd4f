"""Do the figures agree with each other: the findings of atlas.checks, with their verdicts."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import pandas as pd
import typer

from atlas import french
from atlas.checks.records import Finding
from atlas.checks.registry import SEVERITIES
from atlas.checks.registry import check as findings_on
from atlas.cli.common import EXIT_BAD_INPUT, THIS_FOLDER, DemoOption, ProjectFolder, refuse, report
from atlas.export.tables import safe
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style
from atlas.project import Project
from atlas.settings import CHOICE_PREFIX, Review
from atlas.tables.findings import coherence_summary, coherence_table

FORMATS = ("text", "json", "csv")


def check(
    project: ProjectFolder = THIS_FOLDER,
    severity: Annotated[
        str,
        typer.Option(
            help=f"Ne montre que cette gravité : {', '.join(SEVERITIES)}.", show_default="toutes"
        ),
    ] = "",
    format: Annotated[
        str, typer.Option(help="text (à lire), json ou csv (séparé par des virgules).")
    ] = "text",
    demo: DemoOption = False,
) -> None:
    """Cherche les chiffres qui se contredisent, quels que soient les arrondis.

    Termine par 1 si un constat (hors informations) n’a pas de verdict dans
    data/reviewed_findings.yaml, ou si un fichier a des problèmes.
    """
    _refuse_unknown("gravité", severity, SEVERITIES)
    _refuse_unknown("format", format, FORMATS)
    inputs = Project(project)
    context, reviews = _read(inputs, demo=demo)
    found = findings_on(context.dataset.with_rejected, context.settings, context.territories)
    shown = [f for f in found if french.slug(severity) in ("", french.slug(f.severity))]
    _print(context, shown, reviews, format)
    _print_stale_reviews(reviews, found)
    unread = [f for f in found if f.severity != "information" and f.key not in reviews]
    if format == "text":
        typer.echo(coherence_summary(found, reviews))
    if unread or inputs.problems():
        raise typer.Exit(EXIT_BAD_INPUT)


def _refuse_unknown(what: str, word: str, known: Sequence[str]) -> None:
    if word and french.slug(word) not in map(french.slug, known):
        raise refuse(f"« {word} » n’est pas une valeur de {what}. Écrivez {', '.join(known)}.")


def _print_stale_reviews(reviews: dict[str, Review], found: list[Finding]) -> None:
    of_findings = {key for key in reviews if not key.startswith(CHOICE_PREFIX)}
    for key in sorted(of_findings - {finding.key for finding in found}):
        typer.echo(
            f"data/reviewed_findings.yaml : le verdict « {key} » ne correspond plus à "
            "aucun constat. Retirez-le.",
            err=True,
        )


def _read(inputs: Project, *, demo: bool) -> tuple[FigureContext, dict[str, Review]]:
    settings, territories, dataset = (
        inputs.settings,
        inputs.territories,
        inputs.dataset(demo=demo),
    )
    reviews = {} if demo else inputs.reviews
    report(inputs.problems() + inputs.warnings())
    if settings is None or territories is None or dataset is None:
        raise typer.Exit(EXIT_BAD_INPUT)
    return FigureContext(
        settings, territories, dataset, None, (), Style.light(settings.brand)
    ), reviews


def _print(
    context: FigureContext, findings: list[Finding], reviews: dict[str, Review], output: str
) -> None:
    table = coherence_table(context, findings, reviews)
    if output == "json":
        found = [_json_fields(finding, reviews.get(finding.key)) for finding in findings]
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    elif output == "csv":
        keys = pd.Series([finding.key for finding in findings], name="Clé", dtype=object)
        safe(table.assign(Clé=keys)).to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        for finding, row in zip(findings, table.to_dict("records"), strict=True):
            typer.echo(
                f"{row['Gravité']} — {row['Constat']}\n  Calcul : {row['Calcul']}\n"
                f"  Sources : {row['Sources']}\n  Verdict : {row['Verdict']}\n"
                f"  Clé : {finding.key}\n"
            )


def _json_fields(finding: Finding, review: Review | None) -> dict[str, object]:
    fields = asdict(finding)
    fields["figures"] = fields.pop("citations")  # the name that programs read
    fields["verdict"] = review.verdict if review else ""
    fields["advice"] = review.advice if review else ""
    return fields
