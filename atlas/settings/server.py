"""What the server allows: how much of it one visitor may use, and who may change the project."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from atlas.settings.base import Strict


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
