"""What the server allows: how much of it one visitor may use, and who may change the project."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from atlas.settings.base import Strict

Role = Literal["read", "import", "administer"]
#: Each role may do what those before it may.
ROLES: tuple[Role, ...] = ("read", "import", "administer")
#: How `make run` hands its token to the server, and how its own browser presents it.
TOKEN_VARIABLE, TOKEN_PARAMETER = "ATLAS_TOKEN", "jeton"
_DOMAIN = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+"
# Ascii alone: « K » of the sign Kelvin becomes the letter k when it is made lower case.
_EMAIL_PATTERN = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_DOMAIN}", re.ASCII)
_DOMAIN_PATTERN = re.compile(_DOMAIN, re.ASCII)


def _email(text: str) -> str:
    if not _EMAIL_PATTERN.fullmatch(text):
        raise ValueError(
            "n’est pas une adresse électronique en minuscules, comme prenom.nom@agence.fr"
        )
    return text


def _domain(text: str) -> str:
    if not _DOMAIN_PATTERN.fullmatch(text):
        raise ValueError("n’est pas un domaine en minuscules, comme agence.fr, sans @")
    return text


class Limits(Strict):
    """How much of the server one visitor may use.

    worker_seconds: processor time and waiting time of a program that reads a file from outside,
    and of an image. worker_memory_megabytes: what such a program, or one that draws or makes a
    press kit, may hold, beside itself. workers: how many programs read at once,
    workers_per_session: for one visitor. upload_megabytes: of files that all visitors have given
    and that the server holds, upload_megabytes_per_session: of one visitor. sessions: visitors at
    the same time. drawing_processes and kits: images and press kits made at the same time, for all
    visitors. kit_minutes and kit_megabytes: of one kit.
    """

    worker_seconds: int = Field(default=20, ge=1, le=600)
    worker_memory_megabytes: int = Field(default=1_500, ge=200)
    workers: int = Field(default=2, ge=1, le=64)
    workers_per_session: int = Field(default=1, ge=1, le=64)
    upload_megabytes: int = Field(default=1_000, ge=100)
    upload_megabytes_per_session: int = Field(default=200, ge=100)
    sessions: int = Field(default=200, ge=1)
    drawing_processes: int = Field(default=2, ge=1, le=64)
    kits: int = Field(default=2, ge=1, le=64)
    kit_minutes: int = Field(default=30, ge=1)
    kit_megabytes: int = Field(default=500, ge=1)


class Log(Strict):
    """What the server writes of itself on its standard error, one JSON object per line.

    level: the least that is written. details: also the sentences of errors and of other libraries,
    which may hold personal data.
    """

    level: Literal["debug", "info", "warning", "error"] = "info"
    details: bool = False


class Members(Strict):
    """Who has a role.

    everyone: also who has not signed in; for the role read alone. emails: addresses that the
    provider of identity says are verified. domains: what follows the @ of such an address,
    entirely. groups: words of the claim that groups_claim names.
    """

    everyone: bool = False
    emails: list[Annotated[str, AfterValidator(_email)]] = []
    domains: list[Annotated[str, AfterValidator(_domain)]] = []
    groups: list[Annotated[str, Field(min_length=1)]] = []


class Access(Strict):
    """Who may read, import and administer, by the sign-in of an OpenID Connect provider.

    roles: the members of each role; who may administer may import, who may import may read.
    groups_claim: the claim of the provider that holds the groups of an account.
    sign_in_hours: how long after it a sign-in counts; then one signs in again.
    """

    roles: dict[Role, Members] = {"read": Members(everyone=True)}
    groups_claim: str = Field(default="groups", min_length=1)
    sign_in_hours: int = Field(default=12, ge=1, le=720)

    def members(self, role: Role) -> Members:
        """Those that a role names; nobody when it is not there."""
        return self.roles.get(role, Members())

    @model_validator(mode="after")
    def _writing_needs_an_identity(self) -> Self:
        for role in ROLES[1:]:
            if self.members(role).everyone:
                raise ValueError(
                    f"« everyone » ne va qu’avec le rôle read : nommez qui a le rôle {role}"
                )
        return self
