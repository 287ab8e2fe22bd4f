"""A yearly file into data/: the report first, the rows when they are accepted, and back again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from atlas import french
from atlas.cli.common import (
    EXIT_BAD_INPUT,
    THIS_FOLDER,
    ProjectFolder,
    refuse,
    refuse_write_errors,
    report,
)
from atlas.guarded_worker import Guard, guard_of
from atlas.importing.file_parsing import problem_before_reading
from atlas.importing.history import undo_last_import
from atlas.importing.profiles import build_profile, profile_text
from atlas.importing.proposed_import import (
    import_of_report,
    propose_import,
    proposed_import_json,
)
from atlas.importing.report import FileReport, compare_with_published
from atlas.importing.workbook_reading import (
    prepare_workers,
    read_file,
    read_rows_by_profile,
)
from atlas.importing.writing import write_rows
from atlas.observations.checks import KnownKeys
from atlas.periods import is_period
from atlas.project import Project
from atlas.settings import ImportProfile
from atlas.tables.imports import report_lines

MAX_REPORT_LINES = 100  # of one kind: refusals, remarks or doubts


def import_file(
    file: Annotated[Path | None, typer.Argument(help="XLSX, XLS, ODS ou CSV.")] = None,
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            "--recipe",
            help="Clé d’un profil, sous « import_profiles » de config/imports.yaml ; "
            "sans elle, un profil est proposé.",
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
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Écrit en JSON ce que donne la lecture proposée, ou le profil : lignes, refus, "
            "questions, doutes et remarques.",
        ),
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Annule le dernier import.")] = False,
    project: ProjectFolder = THIS_FOLDER,
) -> None:
    """Importe un fichier annuel : le rapport du fichier, puis ses lignes si --accept.

    Termine par 1 si une ligne est refusée ou si rien n’est reconnu. Avec --accept, tout est
    écrit, ou rien si une ligne est refusée ; --undo remet la version précédente. Sans profil,
    --json donne ce que lirait la proposition que fait la page Importer.
    """
    inputs = Project(project)
    folder = out or project / "data"
    if undo:
        _undo(folder)
        return
    if file is None:
        raise refuse("Indiquez le fichier à importer, ou --undo.")
    prepare_workers()
    known_keys, published = _load_published(inputs)
    guard = guard_of(known_keys.settings.limits)
    if as_json and not profile:
        _check_options(source, period, known_keys)
        proposed = propose_import(
            _read_content(file),
            file.name,
            known_keys,
            published,
            source=source,
            period=period,
            guard=guard,
        )
        refusals, file_report = [*proposed.refusals, *proposed.questions], proposed.report
        typer.echo(proposed_import_json(proposed))
    else:
        content = _read_content(file)
        if not profile:
            _print_proposal(content, file.name, known_keys, guard)
            return
        problem = problem_before_reading(content, file.name)
        if problem:
            report([problem])
            raise typer.Exit(EXIT_BAD_INPUT)
        import_profile = _find_profile(profile, source, period, known_keys)
        extraction = read_rows_by_profile(content, file.name, import_profile, known_keys, guard)
        file_report = compare_with_published(extraction, import_profile, published, known_keys)
        refusals = extraction.refusals
        if as_json:
            typer.echo(proposed_import_json(import_of_report(file_report)))
        else:
            _print_report(file_report, known_keys)
    if accept and refusals and not partial:
        raise refuse(
            "Rien n’a été écrit : corrigez ce qui est refusé, ou ajoutez --partial pour "
            "écrire le reste.",
            EXIT_BAD_INPUT,
        )
    rows = file_report.extraction.rows if file_report else []
    if accept and file_report and rows:
        if any(not row.source for row in rows):
            raise refuse("Rien n’a été écrit : la source manque, indiquez-la (--source).")
        _write_rows(folder, file_report, known_keys, replace=replace, quiet=as_json)
    if refusals or not rows:
        raise typer.Exit(EXIT_BAD_INPUT)


def _load_published(inputs: Project) -> tuple[KnownKeys, pd.DataFrame]:
    """What the files of the project may name, and their rows; ends the command with a problem."""
    known_keys, published = inputs.known_keys(), inputs.raw_rows()
    problems = inputs.problems()
    report(problems)
    if known_keys is None or published is None or problems:
        raise typer.Exit(EXIT_BAD_INPUT)
    return known_keys, published


def _read_content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as reason:
        raise refuse(f"Impossible de lire « {file} » : vérifiez son nom et ses droits.") from reason


def _find_profile(key: str, source: str, period: str, known_keys: KnownKeys) -> ImportProfile:
    """The profile of a key, with the source and the period of the command when they are said."""
    profiles = known_keys.settings.import_profiles
    if key not in profiles:
        raise refuse(f"Le profil « {key} » n’existe pas. Profils : {', '.join(profiles)}.")
    _check_options(source, period, known_keys)
    options = {"source": source, "period": period}
    return profiles[key].model_copy(update={name: text for name, text in options.items() if text})


def _check_options(source: str, period: str, known_keys: KnownKeys) -> None:
    if period and not is_period(period):
        raise refuse(f"« {period} » n’est pas une période : écrivez 2025, 2025-12 ou 2025-12-31.")
    if source and source not in known_keys.sources:
        raise refuse(f"La source « {source} » n’est pas dans data/sources.yaml.")


def _print_proposal(content: bytes, name: str, known_keys: KnownKeys, guard: Guard) -> None:
    reading = read_file(content, name, known_keys, guard)
    report(reading.problems)
    if reading.problems:
        raise typer.Exit(EXIT_BAD_INPUT)
    for key in reading.profiles:
        typer.echo(f"Le profil « {key} » lit ce fichier : ajoutez --profile {key}.", err=True)
    proposal = reading.proposal
    if proposal is None:
        raise refuse(f"Aucun tableau n’est reconnu dans « {name} ».", EXIT_BAD_INPUT)
    if proposal.warning:
        typer.echo(proposal.warning, err=True)
    for guess in proposal.guesses:
        cell = proposal.sheet.address(proposal.header.rows[-1], guess.index)
        typer.echo(
            f"{cell} « {proposal.header.texts[guess.index]} » : {guess.column.holds} "
            f"{guess.column.indicator}. {guess.reason}".replace("  ", " "),
            err=True,
        )
        if guess.question:
            typer.echo(f"{cell} À préciser. {guess.question}", err=True)
    columns = [guess.column for guess in proposal.guesses]
    territory = proposal.territory if proposal.level == "none" else ""
    try:
        profile = build_profile(proposal, columns, name, territory=territory)
    except ValueError as reason:
        raise refuse(
            "Les colonnes reconnues ne suffisent pas à un profil : il faut un "
            "territoire (colonne ou titre) et une valeur.",
            EXIT_BAD_INPUT,
        ) from reason
    typer.echo(
        "# À corriger puis à ajouter à « import_profiles » de config/imports.yaml :", err=True
    )
    typer.echo(profile_text(french.slug(Path(name).stem), profile), nl=False)


def _print_report(file_report: FileReport, known_keys: KnownKeys) -> None:
    refusals, notes = file_report.extraction.refusals, file_report.extraction.notes
    report(refusals[:MAX_REPORT_LINES])
    _print_count_beyond_limit("Refus", len(refusals))
    for note in notes[:MAX_REPORT_LINES]:
        typer.echo(f"{note.where} : {note.message}. {note.cure}")
    _print_count_beyond_limit("Remarques", len(notes))
    for text in file_report.extraction.table_notes:
        typer.echo(f"Note sous le tableau : {text}")
    for doubt in file_report.doubts[:MAX_REPORT_LINES]:
        typer.echo(f"{doubt.cell} : {doubt.message}.")
    _print_count_beyond_limit("Doutes", len(file_report.doubts))
    for line in report_lines(file_report, known_keys):
        typer.echo(line)


def _print_count_beyond_limit(items: str, count: int) -> None:
    if count > MAX_REPORT_LINES:
        typer.echo(
            f"{items} : {count} en tout, les {MAX_REPORT_LINES} premiers sont écrits ci-dessus."
        )


def _write_rows(
    folder: Path, file_report: FileReport, known_keys: KnownKeys, *, replace: bool, quiet: bool
) -> None:
    """Write, and say what was written: on the error output when the standard one holds JSON."""
    with refuse_write_errors(folder):
        written = write_rows(folder, file_report.rows_to_write, known_keys, replace=replace)
    report(list(written.problems))
    if written.problems:
        interrupted = "L’écriture a été interrompue."
        raise refuse(
            interrupted if written.is_interrupted else "Rien n’a été écrit.", EXIT_BAD_INPUT
        )
    typer.echo(
        f"Écrit : {written.added} lignes ajoutées, {written.replaced} remplacées dans "
        f"{', '.join(written.files) or 'aucun fichier'}. Pour annuler : --undo.",
        err=quiet,
    )


def _undo(folder: Path) -> None:
    with refuse_write_errors(folder):
        undone = undo_last_import(folder)
    report(list(undone.problems))
    if undone.problems:
        raise typer.Exit(EXIT_BAD_INPUT)
    typer.echo(f"Import annulé : {', '.join(undone.files)} comme avant.")
