"""Keep the project and have it again: backups, interrupted changes, what yearly files lack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from atlas.backup import (
    Restored,
    backup_archive,
    collect_backup,
    read_archive,
    restore,
    undo_restore,
)
from atlas.cli.common import (
    EXIT_BAD_INPUT,
    THIS_FOLDER,
    ForceOption,
    ProjectFolder,
    refuse,
    refuse_existing,
    refuse_write_errors,
    report,
)
from atlas.problems import Problem
from atlas.project import Project
from atlas.store.durable_files import write_file
from atlas.store.store import StoreError, project_store


def backup(
    file: Annotated[Path, typer.Argument(help="Archive ZIP à écrire.")],
    project: ProjectFolder = THIS_FOLDER,
    force: ForceOption = False,
) -> None:
    """Garde data/, la configuration et les fichiers qu’elle nomme dans une archive.

    Deux sauvegardes des mêmes fichiers sont identiques. Un projet qui a des problèmes n’est pas
    sauvegardé : il ne pourrait pas être restauré.
    """
    refuse_existing(file, force)
    kept = collect_backup(project)
    _refuse_problems(list(kept.problems), "Rien n’a été sauvegardé.")
    if not kept.files:
        raise refuse("Rien n’a été sauvegardé : les fichiers ne se lisent pas.", EXIT_BAD_INPUT)
    with refuse_write_errors(file):
        write_file(file, backup_archive(kept.files))
    typer.echo(f"Sauvegarde de {len(kept.files)} fichiers dans {file}.")


def restore_files(
    file: Annotated[Path | None, typer.Argument(help="Archive faite par « backup ».")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Annule la dernière restauration.")] = False,
    project: ProjectFolder = THIS_FOLDER,
) -> None:
    """Remet les fichiers d’une sauvegarde à leur place : tous, ou aucun.

    L’archive est d’abord vérifiée, puis lue comme un projet. Les fichiers de data/, et ceux d’un
    seul dossier ou d’une seule comparaison, qu’elle n’a pas sont retirés. --undo revient à ce
    qu’il y avait avant.
    """
    if undo:
        with refuse_write_errors(project):
            _tell(undo_restore(project), "Restauration annulée", "Rien n’a été annulé.")
        return
    if file is None:
        raise refuse("Indiquez l’archive à restaurer, ou --undo.")
    try:
        content = file.read_bytes()
    except OSError as reason:
        raise refuse(f"Impossible de lire « {file} » : vérifiez son nom et ses droits.") from reason
    kept = read_archive(content, file.name)
    _refuse_problems(list(kept.problems), "Rien n’a été restauré.")
    with refuse_write_errors(project):
        _tell(restore(project, kept), "Restauré", "Rien n’a été restauré.")


def recover(
    set_aside: Annotated[
        bool,
        typer.Option(
            "--set-aside",
            help="Met de côté les journaux qui ne peuvent pas être suivis, sans toucher aux "
            "fichiers.",
        ),
    ] = False,
    project: ProjectFolder = THIS_FOLDER,
) -> None:
    """Défait une écriture interrompue dans data/ ou la configuration, comme le fait l’ouverture."""
    store = project_store(project)
    with refuse_write_errors(store.history):
        try:
            aside = store.set_aside_unreadable() if set_aside else []
            names = store.recover()
        except StoreError as refused:
            report(list(refused.problems))
            raise refuse("Rien n’a été défait.", EXIT_BAD_INPUT) from refused
    for folder in aside:
        typer.echo(f"Mis de côté : {folder}.")
    if names:
        typer.echo(f"Écriture interrompue défaite : {', '.join(names)} comme avant.")
    elif not aside:
        typer.echo("Aucune écriture interrompue.")
    problems = store.problems()
    report(problems)
    if problems:
        raise typer.Exit(EXIT_BAD_INPUT)


def accept_data(project: ProjectFolder = THIS_FOLDER) -> None:
    """Accepte les fichiers annuels tels qu’ils sont : ce qui y manque est voulu."""
    inputs = Project(project)
    inputs.dataset()
    warnings = inputs.warnings()
    report(inputs.problems())
    if inputs.problems():
        raise refuse("Rien n’a été accepté : corrigez d’abord ces fichiers.", EXIT_BAD_INPUT)
    if not inputs.accept_present_files():
        raise refuse(
            "Rien n’a été accepté : vérifiez que vous avez le droit d’écrire dans data/, et "
            "qu’aucun autre changement n’est en cours.",
            EXIT_BAD_INPUT,
        )
    typer.echo(
        f"Accepté : {', '.join(warning.file for warning in warnings)}."
        if warnings
        else "Rien ne manquait ; l’état présent est gardé comme dernier état connu."
    )


def _refuse_problems(problems: list[Problem], outcome: str) -> None:
    report(problems)
    if problems:
        raise refuse(outcome, EXIT_BAD_INPUT)


def _tell(done: Restored, verb: str, nothing: str) -> None:
    _refuse_problems(list(done.problems), nothing)
    if not (done.files or done.removed):
        typer.echo("Rien à changer : les fichiers sont déjà ceux de la sauvegarde.")
        return
    removed = f" ; retirés : {', '.join(done.removed)}" if done.removed else ""
    changed = f" : {', '.join(done.files)}" if done.files else ""
    typer.echo(f"{verb}{changed}{removed}. Pour annuler une restauration : restore --undo.")
