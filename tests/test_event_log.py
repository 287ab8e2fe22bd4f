"""One JSON object per line, with what finds a fault and nothing that tells of a visitor."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from atlas.event_log import EventFormatter, reference_of, set_up_event_log

TYPED = "Jeanne Durand <jeanne@example.org> 192.0.2.7 salaires.xlsx"


def failed(name: str, sentence: str = "%s failed") -> logging.LogRecord:
    """A record of an error whose sentence quotes what a visitor typed, as does its cause."""
    try:
        try:
            int(TYPED)
        except ValueError as cause:
            raise KeyError(TYPED) from cause
    except KeyError:
        return logging.LogRecord(
            name, logging.ERROR, __file__, 1, sentence, (TYPED,), sys.exc_info()
        )


def line_of(record: logging.LogRecord, *, details: bool = False) -> dict[str, object]:
    text = EventFormatter(details=details).format(record)
    assert "\n" not in text
    line: dict[str, object] = json.loads(text)
    return line


def test_a_line_has_the_time_the_level_the_event_and_the_fields_that_are_known():
    record = logging.LogRecord("atlas.app", logging.INFO, __file__, 1, "page drawn", (), None)
    record.page, record.duration_ms, record.visitor = "carte", 210, TYPED
    line = line_of(record)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", str(line.pop("time")))
    assert line == {
        "level": "info",
        "logger": "atlas.app",
        "event": "page drawn",
        "page": "carte",
        "duration_ms": 210,
    }


def test_neither_what_another_library_says_nor_the_sentence_of_an_error_is_written():
    line = line_of(failed("streamlit.error_util"))
    assert line["event"] == "%s failed"
    assert not set(re.findall(r"\w+", TYPED)) & set(re.findall(r"\w+", json.dumps(line)))


def test_a_library_that_puts_its_sentences_together_itself_is_known_by_the_place():
    record = failed("pypdf._reader", f"unreadable: {TYPED}")
    line = line_of(record)
    assert str(line["event"]).startswith("tests/test_event_log.py:")
    assert "jeanne" not in json.dumps(line)


def test_the_trace_leads_from_the_cause_to_the_error_by_the_lines_of_the_program():
    trace = line_of(failed("streamlit.error_util"))["trace"]
    assert isinstance(trace, list)
    assert [entry for entry in trace if " " not in entry] == ["ValueError", "KeyError"]
    assert trace[0].startswith("tests/test_event_log.py:") and trace[0].endswith(" failed")


def test_details_are_written_when_they_are_asked_for():
    line = line_of(failed("streamlit.error_util"), details=True)
    assert line["event"] == f"{TYPED} failed" and "jeanne@example.org" in json.dumps(line)


def test_an_error_keeps_the_reference_by_which_the_page_names_it():
    record = failed("streamlit.error_util")
    assert record.exc_info and record.exc_info[1]
    reference = reference_of(record.exc_info[1])
    assert re.fullmatch("[2-9A-HJ-NP-Z]{6}", reference)
    assert line_of(record)["reference"] == reference == line_of(record)["reference"]
    assert reference_of(ValueError()) != reference_of(ValueError())


@contextmanager
def log_of_a_server() -> Iterator[io.StringIO]:
    """What a server of this process would write on its standard error."""
    root, hook, written = logging.getLogger(), threading.excepthook, io.StringIO()
    before = root.handlers[:], root.level
    set_up_event_log("warning", details=False).setStream(written)
    yield written
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    threading.excepthook = hook


def test_a_thread_that_fails_is_in_the_log_like_the_rest():
    with log_of_a_server() as written:
        thread = threading.Thread(target=lambda: int(TYPED))
        thread.start()
        thread.join()
    (line,) = map(json.loads, written.getvalue().splitlines())
    assert (line["event"], line["level"]) == ("a thread failed", "error")
    assert line["trace"][-1] == "ValueError"


def test_what_is_below_the_level_is_not_written():
    with log_of_a_server() as written:
        logging.getLogger("atlas.app").info("page drawn")
        logging.getLogger("atlas.app").warning("session refused")
    assert [json.loads(line)["event"] for line in written.getvalue().splitlines()] == [
        "session refused"
    ]
