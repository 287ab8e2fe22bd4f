"""A yearly file into data/: the report first, the rows when they are accepted, and back again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from atlas import french, importing
from atlas.cli.common import EXIT_BAD_INPUT, THIS_FOLDER, ProjectFolder, refuse, report, writing
from atlas.importing import FileReport, Sheet
from atlas.observations import KnownKeys
from atlas.periods import is_period
from atlas.project import Project
from atlas.settings import ImportProfile
from atlas.tables.imports import report_lines

MOST = 100  # lines of one kind in the report


def import_file(
    file: Annotated[Path | None, typer.Argument(help="XLSX, XLS, ODS ou CSV.")] = None,
    recipe: Annotated[
        str,
        typer.Option(
            help="Clé de « import_profiles » de config.yaml ; sans elle, une recette est proposée."
        ),
    ] = "",
    source: Annotated[str, typer.Option(help="Clé de data/sources.yaml.")] = "",
    period: Annotated[
        str, typer.Option(help="2025, 2025-12… quand ni les titres ni les colonnes ne la disent.")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(help="Dossier des fichiers annuels.", show_default="data/ du projet"),
    ] = None,
    accept: Annotated[
        bool,
        typer.Option("--accept", help="Écrit les lignes reconnues ; sans cela, rien n’est écrit."),
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Avec --accept, écrit le reste malgré des refus.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Avec --accept, remplace les chiffres que la même page de la même source "
            "donnait autrement.",
        ),
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Annule le dernier import.")] = False,
    project: ProjectFolder = THIS_FOLDER,
) -> None:
    """Importe un fichier annuel : le rapport du fichier, puis ses lignes si --accept.

    Termine par 1 si une ligne est refusée ou si rien n’est reconnu. Avec --accept, tout est
    écrit, ou rien si une ligne est refusée ; --undo remet la version précédente.
    """
    place = Project(project)
    folder = out or project / "data"
    if undo:
        _undo(folder)
        return
    if file is None:
        raise refuse("Indiquez le fichier à importer, ou --undo.")
    words, book = _read(place)
    sheets = _sheets(file)
    if not recipe:
        _propose(sheets, file.name, words)
        return
    chosen = _recipe(recipe, source, period, words)
    made = importing.extract(sheets, file.name, chosen, words)
    told = importing.report_on(made, chosen, book, words)
    _tell(told, words)
    if accept and made.refusals and not partial:
        raise refuse(
            "Rien n’a été écrit : corrigez ce qui est refusé, ou ajoutez --partial pour "
            "écrire le reste.",
            EXIT_BAD_INPUT,
        )
    if accept and made.rows:
        _accept(folder, told, words, replace)
    if made.refusals or not made.rows:
        raise typer.Exit(EXIT_BAD_INPUT)


def _read(place: Project):  # type: ignore[no-untyped-def]
    settings, territories, book = place.settings, place.territories, place.dataset()
    rows = place.raw_rows()
    report(place.problems())
    if (
        settings is None
        or territories is None
        or book is None
        or rows is None
        or (place.problems())
    ):
        raise typer.Exit(EXIT_BAD_INPUT)
    return KnownKeys(settings, territories, book.sources), rows


def _sheets(file: Path) -> list[Sheet]:
    try:
        content = file.read_bytes()
    except OSError as reason:
        raise refuse(f"Impossible de lire « {file} » : vérifiez son nom et ses droits.") from reason
    sheets, problems = importing.read_sheets(content, file.name)
    report(problems)
    if problems:
        raise typer.Exit(EXIT_BAD_INPUT)
    return sheets


def _recipe(key: str, source: str, period: str, words: KnownKeys) -> ImportProfile:
    recipes = words.settings.import_profiles
    if key not in recipes:
        raise refuse(f"La recette « {key} » n’existe pas. Recettes : {', '.join(recipes)}.")
    if period and not is_period(period):
        raise refuse(f"« {period} » n’est pas une période : écrivez 2025, 2025-12 ou 2025-12-31.")
    if source and source not in words.sources:
        raise refuse(f"La source « {source} » n’est pas dans data/sources.yaml.")
    said = {"source": source, "period": period}
    return recipes[key].model_copy(update={k: text for k, text in said.items() if text})


def _propose(sheets: list[Sheet], name: str, words: KnownKeys) -> None:
    for key in importing.recognise(sheets, words.settings.import_profiles):
        typer.echo(f"La recette « {key} » lit ce fichier : ajoutez --recipe {key}.", err=True)
    proposal = importing.propose(sheets, words)
    if proposal is None:
        raise refuse(f"Aucun tableau n’est reconnu dans « {name} ».", EXIT_BAD_INPUT)
    if proposal.warning:
        typer.echo(proposal.warning, err=True)
    for guess in proposal.guesses:
        cell = proposal.sheet.address(proposal.header.rows[-1], guess.index)
        typer.echo(
            f"{cell} « {proposal.header.texts[guess.index]} » : {guess.column.holds} "
            f"{guess.column.indicator} ({french.format_number(guess.confidence * 100)}"
            f"{french.NBSP}%). "
            f"{guess.reason}",
            err=True,
        )
    columns = [guess.column for guess in proposal.guesses]
    territory = proposal.territory if proposal.level == "none" else ""
    try:
        recipe = importing.profile_of(proposal, columns, name, territory=territory)
    except ValueError as reason:
        raise refuse(
            "Les colonnes reconnues ne suffisent pas à une recette : il faut un "
            "territoire (colonne ou titre) et une valeur.",
            EXIT_BAD_INPUT,
        ) from reason
    typer.echo("# À corriger puis à ajouter à « import_profiles » de config.yaml :", err=True)
    typer.echo(importing.profile_text(french.slug(Path(name).stem), recipe), nl=False)


def _tell(told: FileReport, words: KnownKeys) -> None:
    made = told.extract
    report(made.refusals[:MOST])
    _say("Refus", len(made.refusals), [])
    _say("Remarques", len(made.notes), [f"{n.where} : {n.message}. {n.cure}" for n in made.notes])
    _say("Doutes", len(told.doubts), [f"{d.cell} : {d.message}." for d in told.doubts])
    for line in report_lines(told, words):
        typer.echo(line)


def _say(what: str, count: int, lines: list[str]) -> None:
    for line in lines[:MOST]:
        typer.echo(line)
    if count > MOST:
        typer.echo(f"{what} : {count} en tout, les {MOST} premiers sont écrits ci-dessus.")


def _accept(folder: Path, told: FileReport, words: KnownKeys, replace: bool) -> None:
    with writing(folder):
        done = importing.accept(folder, told.new + told.changed, words, replace=replace)
    report(list(done.problems))
    if done.problems:
        raise refuse("Rien n’a été écrit.", EXIT_BAD_INPUT)
    typer.echo(
        f"Écrit : {done.added} lignes ajoutées, {done.replaced} remplacées dans "
        f"{', '.join(done.files) or 'aucun fichier'}. Pour annuler : --undo."
    )


def _undo(folder: Path) -> None:
    with writing(folder):
        done = importing.undo(folder)
    report(list(done.problems))
    if done.problems:
        raise typer.Exit(EXIT_BAD_INPUT)
    typer.echo(f"Import annulé : {', '.join(done.files)} comme avant.")
