"""Sessions of a server of one process, without browsers: first views and changes of period.

The clients speak the protocol of Streamlit. They run on the same cores as the server, beside which
the processor time of the server says what a larger machine would do. Linux alone: it is read in
/proc.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from atlas.figures.common.context import FigureContext
from atlas.figures.map.rows import map_rows
from atlas.figures.options import map_periods
from bench.job import NATIONAL_MAP, fictitious_context, write_job
from bench.server import ROOT, free_port, wait_for
from bench.timing import spread

LABEL, PATIENCE_SECONDS = "Période", 300
PERIODS = 54  # of the fictitious set
FEW_VISITORS = 10  # of the page of tutorials, of which each takes seconds
MANY_SESSIONS, PAUSE_SECONDS = 300, 10  # of a meeting, and of somebody who reads what is shown
PAGES = Path(__file__).parent / "pages"
OURS, BARE, INLINE = "ours", "bare Streamlit page", "st.altair_chart, GeoJSON"


@dataclass
class Measured:
    """Seconds of each first view and of each change; bytes of each change, not compressed; seconds
    of processor that the server took; megabytes that it grew by."""

    first: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    processor: float = 0.0
    grown: float = 0.0


@dataclass(frozen=True)
class Served:
    """port: of a server; pid: its process; page, query: what visitors open."""

    port: int
    pid: int
    page: str
    query: str

    @property
    def processor(self) -> float:
        """Seconds of processor taken until now."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> float:
        """Megabytes held now."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    @property
    def descriptors(self) -> int:
        """Files and connections open now."""
        return sum(1 for _ in Path(f"/proc/{self.pid}/fd").iterdir())


def visit(
    served: Served,
    sessions: int,
    *,
    seconds: float = 0.0,
    changes: int = 0,
    think: float = 0.0,
) -> Measured:
    """So many sessions that open the page in the same second, then change its period for some
    seconds, and so many times at least. think: seconds on average between two changes of a
    session."""
    measured, before, memory = Measured(), served.processor, served.memory
    asyncio.run(_visit(served, sessions, seconds, changes, think, measured))
    measured.processor = served.processor - before
    measured.grown = served.memory - memory
    return measured


async def _visit(
    served: Served,
    sessions: int,
    seconds: float,
    changes: int,
    think: float,
    measured: Measured,
) -> None:
    opened = asyncio.Barrier(sessions)
    await asyncio.gather(
        *(
            _session(served, place, seconds, changes, think, opened, measured)
            for place in range(sessions)
        )
    )


async def _session(
    served: Served,
    place: int,
    seconds: float,
    changes: int,
    think: float,
    opened: asyncio.Barrier,
    measured: Measured,
) -> None:
    async with websockets.connect(
        f"ws://127.0.0.1:{served.port}/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
        open_timeout=PATIENCE_SECONDS,
        ping_interval=None,  # a server that is late is measured, and not left
        proxy=None,
    ) as socket:
        state = _State()
        message = BackMsg()
        message.rerun_script.query_string = served.query
        message.rerun_script.page_name = served.page
        began = time.perf_counter()
        await _run(socket, message, state)
        measured.first.append(time.perf_counter() - began)
        await opened.wait()
        end = time.perf_counter() + seconds
        last = place + changes
        while time.perf_counter() < end or place < last:
            await asyncio.sleep(random.expovariate(1 / think) if think else 0)
            place += 1
            began = time.perf_counter()
            size = await _run(socket, _change(served, state, place), state)
            measured.changes.append(time.perf_counter() - began)
            measured.bytes.append(size)


@dataclass
class _State:
    """What a browser keeps of a page: its select box, its fragment, the messages that it knows."""

    widget: str = ""
    options: list[str] = field(default_factory=list)
    fragment: str = ""
    page_hash: str = ""
    known: set[str] = field(default_factory=set)


def _change(served: Served, state: _State, place: int) -> BackMsg:
    message = BackMsg()
    asked = message.rerun_script
    asked.query_string, asked.page_script_hash = served.query, state.page_hash
    asked.fragment_id = state.fragment
    widget = asked.widget_states.widgets.add()
    widget.id, widget.string_value = state.widget, state.options[place % len(state.options)]
    asked.cached_message_hashes.extend(state.known)
    return message


async def _run(socket: websockets.ClientConnection, asked: BackMsg, state: _State) -> int:
    """One run of the page; the bytes of its answer. Raises RuntimeError where the page failed."""
    await socket.send(asked.SerializeToString())
    size = 0
    while True:
        raw = await asyncio.wait_for(socket.recv(), PATIENCE_SECONDS)
        size += len(raw)
        message = ForwardMsg()
        message.ParseFromString(raw)
        kind = message.WhichOneof("type")
        if message.metadata.cacheable and message.hash:
            state.known.add(message.hash)
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                raise RuntimeError(element.exception.message)
            if element.WhichOneof("type") == "selectbox" and element.selectbox.label == LABEL:
                state.widget = element.selectbox.id
                state.options = list(element.selectbox.options)
                state.fragment = message.delta.fragment_id
        elif kind == "navigation":
            state.page_hash = message.navigation.page_script_hash
        elif kind == "script_finished":
            return size


@contextmanager
def serving(script: Path, page: str, query: str, **environment: str) -> Iterator[Served]:
    """A server of one page, once it answers."""
    port = free_port()
    words = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield Served(port, server.pid, page, query)
    finally:
        server.terminate()
        server.wait(timeout=60)


@contextmanager
def everybody() -> Iterator[dict[str, Served]]:
    """Ours and the peers, all at once: they take turns."""
    context = fictitious_context()
    known = map_periods(context, NATIONAL_MAP)
    with tempfile.TemporaryDirectory() as scratch:
        write_job(context, (1, 1), Path(scratch))
        (Path(scratch) / "values.json").write_text(json.dumps(_values(context, known)), "utf-8")
        peers = {"BENCH_JOB": scratch, "BENCH_PERIODS": " ".join(known)}
        with (
            serving(ROOT / "app.py", "carte", "demo=1", ATLAS_DEMO="1") as ours,
            serving(PAGES / "bare.py", "", "", **peers) as bare,
            serving(PAGES / "inline_shapes.py", "", "", **peers) as inline,
        ):
            yield {OURS: ours, BARE: bare, INLINE: inline}


def _values(context: FigureContext, known: list[str]) -> dict[str, dict[str, float]]:
    """The values of each period by code."""
    found = {}
    for period in known:
        rows = map_rows(context, NATIONAL_MAP.with_fields(period=period))
        shown = zip(rows["code"], rows["shown"].astype(object), strict=True)
        found[period] = {code: None if value != value else value for code, value in shown}
    return found


def sessions(rounds: int, visitors: int, seconds: float) -> None:
    """Print what one session, some and many cost, of each page in turn. seconds: of each series of
    changes."""
    with everybody() as served:
        cold = {name: visit(one, 1) for name, one in served.items()}
        new = visit(served[OURS], 1, changes=PERIODS - 1)  # the map opened on another
        alone, busy, first = ({name: list[Measured]() for name in served} for _ in range(3))
        for turn in range(rounds):
            names = [*served][turn % len(served) :] + [*served][: turn % len(served)]
            for name in names:
                alone[name].append(visit(served[name], 1, seconds=seconds))
                busy[name].append(visit(served[name], 4, seconds=seconds))
                few = min(visitors, FEW_VISITORS) if name == INLINE else visitors
                first[name].append(visit(served[name], few))
        many = {
            name: visit(served[name], MANY_SESSIONS, seconds=3 * PAUSE_SECONDS, think=PAUSE_SECONDS)
            for name in (OURS, BARE)
        }
    print("\nFirst view of a server that has just started")
    for name, one in cold.items():
        print(f"  {name:27} {one.first[0]:6.2f} s, {one.processor:5.2f} s of processor")
    print("\nChange of period, one session; of ours, also periods that nobody asked for")
    _say_changes("ours, new periods", [new], None)
    for name, rows in alone.items():
        _say_changes(name, rows, alone[OURS])
    print("\nChanges of 4 sessions without a pause")
    for name, rows in busy.items():
        _say_rate(name, rows, busy[OURS], seconds)
    print(
        f"\nFirst views of {visitors} visitors in the same second, of {FEW_VISITORS} for {INLINE}"
    )
    for name, rows in first.items():
        _say_first(name, rows, first[OURS])
    print(f"\n{MANY_SESSIONS} sessions, each with a change every {PAUSE_SECONDS} s")
    for name, one in many.items():
        _say_changes(name, [one], [many[OURS]])


def _say_changes(name: str, rows: list[Measured], ours: list[Measured] | None) -> None:
    taken = _taken(rows)
    waits = [1000 * wait for one in rows for wait in one.changes]
    size = mean(size for one in rows for size in one.bytes) / 1000
    print(
        f"  {name:27} {median(waits):6.0f} ms (95 %: {_percentile(waits, 95):.0f}), processor "
        f"{spread(taken, 'ms')}, {size:.0f} kB" + _ratio_text(taken, ours and _taken(ours)),
        flush=True,
    )


def _taken(rows: list[Measured]) -> list[float]:
    return [1000 * one.processor / max(1, len(one.changes)) for one in rows]


def _say_rate(name: str, rows: list[Measured], ours: list[Measured], seconds: float) -> None:
    rates, mine = ([len(one.changes) / seconds for one in some] for some in (rows, ours))
    print(f"  {name:27} {spread(rates, 'a second')}" + _ratio_text(mine, rates), flush=True)


def _say_first(name: str, rows: list[Measured], ours: list[Measured]) -> None:
    waits = [wait for one in rows for wait in one.first]
    taken, mine = ([one.processor / len(one.first) for one in some] for some in (rows, ours))
    grown = median(one.grown / len(one.first) for one in rows)
    print(
        f"  {name:27} {median(waits):6.2f} s (95 %: {_percentile(waits, 95):.2f}), processor a "
        f"visitor {spread(taken)}, {grown:.2f} MB" + _ratio_text(taken, mine),
        flush=True,
    )


def _ratio_text(theirs: list[float], ours: list[float] | None) -> str:
    if ours is None or theirs is ours:
        return ""
    return f"   theirs / ours {median(theirs) / median(ours):.2f}"


def _percentile(values: list[float], share: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def soak(minutes: float, visitors: int = 20) -> None:
    """Print what a server holds while visitors come, change periods and go."""
    with serving(ROOT / "app.py", "carte", "demo=1", ATLAS_DEMO="1") as served:
        visit(served, 1)
        print(f"\n{visitors} visitors who come, change and go, for {minutes:g} minutes")
        end = time.monotonic() + 60 * minutes
        while True:
            print(
                f"  {served.memory:6.0f} MB, {served.descriptors} descriptors, "
                f"{served.processor:.0f} s of processor",
                flush=True,
            )
            if time.monotonic() >= end:
                return
            visit(served, visitors, seconds=min(60.0, 15 * minutes), think=2)
