"""What makes of the provenance of an image a proof: the digest of what is drawn, and a signature.

The digest alone shows that an image was altered by somebody who did not think of it. A signature
shows that neither image nor provenance has changed since it was exported, to whom knows the key.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

# Written before what is signed: a signature of an image can be of nothing else.
_PURPOSE = "atlas image 1\n"
_PROGRAM = Path(__file__).parents[2]
_KEY_FILE_MODE = 0o600


class SigningKeyError(Exception):
    """The signing key cannot be used; the text is French and says why."""


def sealed_provenance(about: Mapping[str, Any], content: str) -> str:
    """The provenance of a page, a JSON text, with the digest of what is drawn, and its signature
    when there is a key.

    about: see `page_svg.compose_page`; content: `ImageKind.content_digest` of the file.
    """
    known = json.loads(about["provenance"])
    known["rendering"]["content"] = content
    if about.get("signing_key"):
        key = read_signing_key(Path(about["signing_key"]))
        known["rendering"]["key"] = key_name(public_key_text(key))
        signature = key.sign(signed_text(known))
        known["rendering"]["signature"] = base64.b64encode(signature).decode()
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def signed_text(provenance: Mapping[str, Any]) -> bytes:
    """What a signature is of: the whole provenance but the signature, one way to write it."""
    rendering = {k: v for k, v in provenance["rendering"].items() if k != "signature"}
    whole = {**provenance, "rendering": rendering}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return (_PURPOSE + text).encode("utf-8", "surrogatepass")


def is_signed_by(provenance: Mapping[str, Any], public_key: str) -> bool:
    """Whether the signature in a provenance is of this key; False for one that is damaged."""
    try:
        signature = base64.b64decode(provenance["rendering"]["signature"], validate=True)
        read_public_key(public_key).verify(signature, signed_text(provenance))
    except (InvalidSignature, ValueError):
        return False
    return True


def write_signing_key(path: Path) -> str:
    """Make a key, write it in a file that its owner alone may read, and give its public key.

    Raises SigningKeyError inside the folder of the program, FileExistsError when there is a file
    already, and OSError when it cannot be written.
    """
    _refuse_inside_program(path)
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _KEY_FILE_MODE), "wb"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return public_key_text(key)


def read_signing_key(path: Path) -> Ed25519PrivateKey:
    """The private key of a file; raises SigningKeyError."""
    _refuse_inside_program(path)
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            text = file.read(10_000)
    except OSError as error:
        raise SigningKeyError(f"la clé de signature « {path} » n’est pas lisible") from error
    if mode & 0o077:
        raise SigningKeyError(
            f"la clé de signature « {path} » peut être lue par d’autres que son propriétaire : "
            f"donnez-lui les droits 600 (chmod 600)"
        )
    try:
        key = load_pem_private_key(text, password=None)
    except (ValueError, TypeError) as error:  # TypeError: it is encrypted
        raise SigningKeyError(
            f"« {path} » n’est pas une clé de signature : faites-en une par "
            f"« python -m atlas signing-key new »"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningKeyError(f"la clé de signature « {path} » n’est pas une clé Ed25519")
    return key


def public_key_text(key: Ed25519PrivateKey) -> str:
    """As config/server.yaml writes it."""
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def read_public_key(text: str) -> Ed25519PublicKey:
    """A public key as config/server.yaml writes it; raises ValueError."""
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))


def key_name(public_key: str) -> str:
    """A short name of a public key, which an image carries: the beginning of its hash."""
    return hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:16]


def _refuse_inside_program(path: Path) -> None:
    if path.resolve().is_relative_to(_PROGRAM):
        raise SigningKeyError(
            f"la clé de signature « {path} » est dans le dossier du programme, qui se copie et se "
            f"publie : mettez-la ailleurs"
        )
