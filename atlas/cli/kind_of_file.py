"""Which kind of image a command writes: what the name of its file says."""

from __future__ import annotations

from pathlib import Path

from atlas import french
from atlas.cli.common import refuse
from atlas.rendering.image_kinds.registry import IMAGE_KINDS


def kind_of_file(out: Path, kind: str) -> str:
    """A key of IMAGE_KINDS, of the file to be written and of the kind that is asked for, which may
    be empty: the first that has the extension then. Ends the command when the two contradict each
    other, or when one of them does not exist."""
    extension = out.suffix.removeprefix(".").lower()
    if kind and kind not in IMAGE_KINDS:
        raise refuse(f"Type inconnu : « {kind} ». Types : {', '.join(IMAGE_KINDS)}.")
    if kind and not extension:
        return kind
    fitting = [name for name, known in IMAGE_KINDS.items() if known.extension == extension]
    if not fitting:
        endings = dict.fromkeys(f".{known.extension}" for known in IMAGE_KINDS.values())
        known = french.join_with_ou(list(endings))
        raise refuse(f"« {out.name} » n’a pas l’extension d’une image : {known}.")
    if kind and kind not in fitting:
        raise refuse(
            f"--out et --kind se contredisent : « {out.name} » est un fichier .{extension}, "
            f"« {kind} » en fait un .{IMAGE_KINDS[kind].extension}. Retirez --kind, ou changez "
            "l’extension."
        )
    return kind or fitting[0]
