"""The key that signs images, and what the signature of an image is worth."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from atlas.export.provenance import Provenance
from atlas.rendering.sealing import is_signed_by, key_name
from atlas.settings import Settings

KEY_VARIABLE = "ATLAS_SIGNING_KEY"
SignatureState = Literal["none", "valid", "invalid", "unknown"]


@dataclass(frozen=True)
class Signature:
    """What the signature of an image is worth.

    state: none; valid, of the agency `name`; invalid: the image or what it says of itself has
    changed since, or the signature is forged; unknown: of a key that the configuration does not
    know. key: name of the key.
    """

    state: SignatureState
    name: str = ""
    key: str = ""


def signing_key(settings: Settings) -> Path | None:
    """The file of the key that signs images; None when none is signed."""
    path = os.environ.get(KEY_VARIABLE) or settings.signatures.key_file
    return Path(path) if path else None


def check_signature(known: Provenance, settings: Settings, *, content: str) -> Signature:
    """content: hash of what the file draws (`ImageKind.content_digest`)."""
    rendering = known.rendering
    if rendering is None or not (rendering.signature or rendering.key):
        return Signature("none")
    for agency in settings.signatures.agencies.values():
        if key_name(agency.public_key) == rendering.key:
            right = rendering.content == content and is_signed_by(asdict(known), agency.public_key)
            return Signature("valid" if right else "invalid", agency.name, rendering.key)
    return Signature("unknown", key=rendering.key)
