"""What the server allows: how much of it one visitor may use, and who may change the project."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from atlas.settings.base import Strict


class Limits(Strict):
    """How much of the server one visitor may use.

    worker_seconds: processor time and waiting time of a program that reads a file from outside.
    worker_memory_megabytes: what such a program may hold. sessions: visitors at the same time.
    """

    worker_seconds: int = Field(default=20, ge=1, le=600)
    worker_memory_megabytes: int = Field(default=1_500, ge=200)
    sessions: int = Field(default=200, ge=1)


class Log(Strict):
    """What the server writes of itself on its standard error, one JSON object per line.

    level: the least that is written. details: also the sentences of errors and of other libraries,
    which may hold personal data.
    """

    level: Literal["debug", "info", "warning", "error"] = "info"
    details: bool = False
