"""What the server allows: how much of it one visitor may use, and who may change the project."""

from __future__ import annotations

from pydantic import Field

from atlas.settings.base import Strict


class Limits(Strict):
    """How much of the server one visitor may use.

    worker_seconds: processor time and waiting time of a program that reads a file from outside.
    worker_memory_megabytes: what such a program may hold, beside itself. workers: how many such
    programs at once, workers_per_session: for one visitor. upload_megabytes: of files that all
    visitors have given and that the server holds, upload_megabytes_per_session: of one visitor.
    sessions: visitors at the same time.
    """

    worker_seconds: int = Field(default=20, ge=1, le=600)
    worker_memory_megabytes: int = Field(default=1_500, ge=200)
    workers: int = Field(default=2, ge=1, le=64)
    workers_per_session: int = Field(default=1, ge=1, le=64)
    upload_megabytes: int = Field(default=1_000, ge=100)
    upload_megabytes_per_session: int = Field(default=200, ge=100)
    sessions: int = Field(default=200, ge=1)
