"""The log of a server: one JSON object per line, without personal data.

A line says the time (UTC), the level, which part of the program speaks, the event, and those of
FIELDS that it was given. What an event of another library speaks of (an address, a name of file) is
left out: the sentence of one of SERVER_LOGGERS stands as its program holds it; any other, which may
have been put together before it came here, gives its place in the program instead. An error is the
types and the lines of the program that led to it, without its sentence, which may quote what a
visitor typed; the page of the visitor shows the same reference.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import secrets
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

#: What the program may add to an event, by the keyword `extra` of the methods of loggers.
FIELDS = (
    "page",
    "duration_ms",
    "reference",
    "sessions",
    "session_limit",
    "descriptors",
    "version",
    "check",
    "port",
)
# Without the signs that are taken for others when they are read aloud or copied by hand.
_REFERENCE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_REFERENCE_LENGTH = 6
_PROGRAM = Path(__file__).resolve().parents[1]
_OUR_LOGGERS = "atlas"
#: Those that say what happens apart from what it happens to.
SERVER_LOGGERS = ("streamlit", "uvicorn", "websockets")


def reference_of(error: BaseException) -> str:
    """The number under which the log has this error: the same each time that it is asked for."""
    known = vars(error).get("log_reference")
    if isinstance(known, str):
        return known
    made = "".join(secrets.choice(_REFERENCE_SIGNS) for _ in range(_REFERENCE_LENGTH))
    vars(error)["log_reference"] = made
    return made


def set_up_event_log(level: str, *, details: bool) -> logging.Handler:
    """Everything that is logged goes to the standard error, as lines of EventFormatter.

    level: « debug », « info », « warning » or « error ». details: see EventFormatter. Returns what
    writes, for loggers that write by themselves.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(EventFormatter(details=details))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    threading.excepthook = _log_error_of_thread
    return handler


class EventFormatter(logging.Formatter):
    """A record → its line of JSON.

    details: with the sentences of errors and of other libraries, which may hold personal data: to
    look for a fault on one's own machine.
    """

    def __init__(self, *, details: bool = False) -> None:
        super().__init__()
        self._details = details

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        when = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, object] = {
            "time": when.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": self._event(record),
        }
        line |= {name: value for name in FIELDS if (value := vars(record).get(name)) is not None}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["reference"] = reference_of(error)
            line["trace"] = list(self._trace(error))
        return json.dumps(line, ensure_ascii=False, default=str)

    def _event(self, record: logging.LogRecord) -> str:
        library = record.name.partition(".")[0]
        if self._details or library == _OUR_LOGGERS:
            return record.getMessage()
        if library in SERVER_LOGGERS:
            return str(record.msg)
        return f"{_place(record.pathname)}:{record.lineno}"

    def _trace(self, error: BaseException) -> Iterator[str]:
        """From the first cause to the error itself: places of the program, then the type."""
        chain: list[traceback.TracebackException] = []
        part: traceback.TracebackException | None = traceback.TracebackException.from_exception(
            error, lookup_lines=False
        )
        while part is not None:
            chain.insert(0, part)
            part = part.__cause__ or (None if part.__suppress_context__ else part.__context__)
        for part in chain:
            for frame in part.stack:
                yield f"{_place(frame.filename)}:{frame.lineno} {frame.name}"
            yield str(part) if self._details else _name_of_type(part)


def _place(file: str) -> str:
    """The file as the program knows it: folders above it may name who runs it."""
    path = Path(file)
    for folder in (_PROGRAM, *map(Path, sys.path)):
        if str(folder) not in ("", ".") and path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return path.name


def _name_of_type(error: traceback.TracebackException) -> str:
    found = error.exc_type
    return found.__qualname__ if found is not None else "error"


def _log_error_of_thread(failed: threading.ExceptHookArgs) -> None:
    error = failed.exc_value
    if error is not None:
        logging.getLogger(__name__).error("a thread failed", exc_info=error)
