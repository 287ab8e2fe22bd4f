"""Images verified without a browser, and the keys that sign them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from atlas.cli.common import (
    EXIT_TARGET_EXISTS,
    THIS_FOLDER,
    ProjectFolder,
    context_for_print,
    refuse,
    refuse_write_errors,
)
from atlas.export.provenance import UnknownImage
from atlas.export.render_pool import RenderPool
from atlas.export.verification import State, Verdict, verify_image
from atlas.export.verification_texts import details, headline, region_rows, text_rows
from atlas.figures.common.context import FigureContext
from atlas.rendering.sealing import SigningKeyError, key_name, write_signing_key

# Exit codes of an image, from the worst: of several images, the worst is given.
EXIT_MODIFIED, EXIT_OUTDATED, EXIT_UNCERTIFIED = 5, 6, 7
_EXIT_CODES: dict[State, int] = {
    "modified": EXIT_MODIFIED,
    "outdated": EXIT_OUTDATED,
    "gone": EXIT_OUTDATED,
    "uncertified": EXIT_UNCERTIFIED,
}
MAX_IMAGE_MEGABYTES = 50

signing_key = typer.Typer(help="La clé qui signe les images.", no_args_is_help=True)


def verify(
    files: Annotated[list[Path], typer.Argument(help="Images à vérifier : PNG, SVG, PDF.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Le verdict en JSON sur la sortie.")
    ] = False,
    project: ProjectFolder = THIS_FOLDER,
) -> None:
    """Dit de chaque image si ses chiffres sont ceux publiés et si elle n’a pas été retouchée.

    Code de sortie 0 : toutes sont à jour et certifiées ; 5 : une image a été modifiée ; 6 : une
    image est à refaire ; 7 : une image n’est pas certifiée, ou ne vient pas d’ici.
    """
    codes, said = set[int](), list[dict[str, Any]]()
    pool = RenderPool(1)

    @cache
    def context_for(fictitious: bool) -> FigureContext:
        return context_for_print(project, demo=fictitious)

    try:
        for file in files:
            try:
                verdict = verify_image(_content(file), context_for, pool)
            except UnknownImage as reason:
                codes.add(EXIT_UNCERTIFIED)
                said.append({"file": str(file), "state": "unknown", "headline": f"{reason}."})
            else:
                if verdict.state in _EXIT_CODES:
                    codes.add(_EXIT_CODES[verdict.state])
                said.append({"file": str(file), **_as_json(verdict)})
            if not as_json:
                _tell(said[-1])
    finally:
        pool.close()
    if as_json:
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))
    if codes:
        raise typer.Exit(min(codes))


@signing_key.command()
def new(file: Annotated[Path, typer.Argument(help="Fichier à écrire, hors du programme.")]) -> None:
    """Fait une clé, que son propriétaire seul peut lire, et écrit sa clé publique."""
    try:
        with refuse_write_errors(file):
            try:
                public_key = write_signing_key(file)
            except FileExistsError as reason:
                raise refuse(
                    f"{file} existe déjà : une clé n’est jamais remplacée.", EXIT_TARGET_EXISTS
                ) from reason
    except SigningKeyError as reason:
        raise refuse(f"Clé non faite : {reason}.") from reason
    typer.echo(
        f"Clé privée : {file.resolve()} (à garder secrète ; son nom est {key_name(public_key)}).\n"
        "À écrire dans config/server.yaml de chaque tableau de bord qui doit la reconnaître :\n"
        "signatures:\n"
        "  agencies:\n"
        "    mon-agence:\n"
        '      name: "Nom de l’agence"\n'
        f'      public_key: "{public_key}"\n'
        "Et pour signer, dans celui qui exporte :\n"
        "signatures:\n"
        f'  key_file: "{file.resolve()}"'
    )


def _content(file: Path) -> bytes:
    """The content of a file; raises UnknownImage when it cannot be read, or is too large."""
    try:
        if file.stat().st_size > MAX_IMAGE_MEGABYTES * 1_000_000:
            raise UnknownImage(f"ce fichier dépasse {MAX_IMAGE_MEGABYTES} Mo")
        return file.read_bytes()
    except OSError as error:
        raise UnknownImage("ce fichier n’existe pas, ou n’est pas lisible") from error


def _as_json(verdict: Verdict) -> dict[str, Any]:
    values, drawing, signature = verdict.values, verdict.drawing, verdict.signature
    return {
        "state": verdict.state,
        "headline": headline(verdict),
        "details": details(verdict),
        "title": verdict.known.title,
        "values": {
            "state": values.state,
            "differences": [
                list(map(str, row)) for row in values.differences.itertuples(index=False)
            ],
        },
        "drawing": {
            "state": drawing.state,
            "changed_share": drawing.changes.share,
            "regions": [
                {"box": part.region.box, "share": part.region.share, "expected": part.expected}
                for part in drawing.parts
            ],
            "places": region_rows(verdict),
            "texts": text_rows(verdict),
        },
        "signature": {"state": signature.state, "name": signature.name, "key": signature.key},
    }


def _tell(said: dict[str, Any]) -> None:
    typer.echo(f"{said['file']} : {said['headline']}")
    for sentence in said.get("details", []):
        typer.echo(f"  {sentence}")
    for row in said.get("values", {}).get("differences", []):
        typer.echo(f"  {row[0]}, {row[1]} : {row[2]} sur l’image, {row[3]} aujourd’hui")
    for number, where, share, expected in said.get("drawing", {}).get("places", []):
        typer.echo(f"  {number}. {where} ({share}){f' : {expected}' if expected else ''}")
    for where, given, drawn in said.get("drawing", {}).get("texts", []):
        typer.echo(f"  {f'{where} : ' if where else ''}« {given} » au lieu de « {drawn} »")
