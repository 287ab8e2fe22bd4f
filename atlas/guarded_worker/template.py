"""The process that workers are copied from, and what a worker does.

Run as a program (``python -I``), with the number of a socket. Each message on it is the name of a
module to load, with the socket of a new worker or without; the answer is the number of the worker.
No byte of a stranger comes here: a worker is a copy, and reads them under its limits.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType

from atlas.child_process import end_with_parent
from atlas.guarded_worker.protocol import FAILED, LENGTH, OUT_OF_MEMORY, PID, READ, framed

SECONDS_BETWEEN_ROUNDS = 1.0
MAX_MODULE_NAME_BYTES = 500
_CHUNK_BYTES = 1 << 20


def main() -> None:
    """Serve until the server is gone, then end every worker that is left."""
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(os.getppid())
    workers: set[int] = set()
    while True:
        ready, _, _ = select.select([control], [], [], SECONDS_BETWEEN_ROUNDS)
        _forget_ended(workers)
        if not ready:
            continue
        message, descriptors, _, _ = socket.recv_fds(control, MAX_MODULE_NAME_BYTES, 1)
        if not message:
            break
        _load(message.decode())
        if not descriptors:
            control.sendall(PID.pack(0))
            continue
        pid = _start_worker(control, descriptors[0])
        workers.add(pid)
        control.sendall(PID.pack(pid))
    for pid in workers:
        end_group(pid)


def _start_worker(control: socket.socket, connection: int) -> int:
    """The number of a worker, told once it ends with this process, however early it is frozen."""
    ready, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        control.close()
        os.close(ready)
        work(socket.socket(fileno=connection), tell)
    os.close(tell)
    os.close(connection)
    os.read(ready, 1)  # nothing, when the worker was killed before
    os.close(ready)
    return pid


def work_alone() -> None:
    """Run one job from the standard input: where no process can be copied (Windows), a worker is
    a program of its own, without limits but that of waiting time."""
    _, _, reader, arguments = pickle.loads(sys.stdin.buffer.read()[LENGTH.size :])
    sys.stdout.buffer.write(_run(reader, arguments))


def work(connection: socket.socket, ready: int) -> None:
    """Run the one job that comes, answer, and wait to be ended; never returns.

    ready: a pipe that is closed when the worker leads a group of its own, and ends with its parent.
    """
    os.setpgid(0, 0)
    end_with_parent(os.getppid())
    os.close(ready)
    gc.disable()  # millions of cells live to the end: no use looking for garbage among them
    sys.excepthook = partial(_answer_error, connection)
    job = _receive(connection)
    seconds, memory_bytes, reader, arguments = pickle.loads(job)
    limit_resources(seconds, memory_bytes)
    _answer(connection, _run(reader, arguments))


def _run(reader: Callable[..., bytes], arguments: tuple[object, ...]) -> bytes:
    try:
        return READ + framed(reader(*arguments))
    except MemoryError:
        return OUT_OF_MEMORY + framed(b"")


def limit_resources(seconds: int, memory_bytes: int) -> None:
    """Limits of this process: processor time, memory beside what it holds already, no file written,
    no image of it when it crashes."""
    import resource

    held = _held_bytes()
    for kind, most in (
        (resource.RLIMIT_AS, held + memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, allowed = resource.getrlimit(kind)
        limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (limit, limit))


def end_group(pid: int) -> None:
    """Kill a worker and all that it started."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # ended; on macOS, ended and not yet forgotten
        return


def _held_bytes() -> int:
    """The address space of this process; 0 where the system does not say it."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _load(module: str) -> None:
    if module not in sys.modules:
        importlib.import_module(module)
        gc.collect()
        gc.freeze()  # what is never collected stays shared with the copies


def _forget_ended(workers: set[int]) -> None:
    for pid in list(workers):
        if os.waitpid(pid, os.WNOHANG)[0]:
            workers.discard(pid)


def _receive(connection: socket.socket) -> bytes:
    (length,) = LENGTH.unpack(_receive_exactly(connection, LENGTH.size))
    return _receive_exactly(connection, length)


def _receive_exactly(connection: socket.socket, length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        part = connection.recv(min(_CHUNK_BYTES, length - len(content)))
        if not part:  # the server has given the job up
            os._exit(0)
        content += part
    return bytes(content)


def _answer(connection: socket.socket, answer: bytes) -> None:
    """Send it, and stay until the server has read it: it kills by number, which must stay ours."""
    connection.sendall(answer)
    connection.recv(1)
    os._exit(0)


def _answer_error(
    connection: socket.socket,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    said = "".join(traceback.format_exception(kind, error, trace))
    _answer(connection, FAILED + framed(said.encode(errors="replace")))


if __name__ == "__main__":
    main()
