"""Who signs the images, and whose signatures are known."""

from __future__ import annotations

import base64
import binascii
from pathlib import PurePath
from typing import Annotated

from pydantic import AfterValidator, Field

from atlas.settings.base import Key, Strict

PUBLIC_KEY_BYTES = 32


def _public_key(text: str) -> str:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != PUBLIC_KEY_BYTES:
        raise ValueError(
            "ce n’est pas une clé publique : recopiez celle qu’écrit "
            "« python -m atlas signing-key new »"
        )
    return text


def _absolute(text: str) -> str:
    if text and not PurePath(text).is_absolute():
        raise ValueError("écrivez le chemin entier du fichier, hors du dossier du programme")
    return text


class Agency(Strict):
    """One whose signature is known. public_key: what the command that makes its key prints."""

    name: str = Field(min_length=1, max_length=120)
    public_key: Annotated[str, AfterValidator(_public_key)]


class Signatures(Strict):
    """Who signs the images, and whose signatures are known.

    key_file: file of the private key that signs every image; empty: none is signed. The
    environment variable ATLAS_SIGNING_KEY goes before it. agencies: those whose images this
    dashboard recognises.
    """

    key_file: Annotated[str, AfterValidator(_absolute)] = ""
    agencies: dict[Key, Agency] = Field(default_factory=dict)
