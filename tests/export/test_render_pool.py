"""The processes that draw: a frozen one holds up nobody, a killed one costs its image, and each is
said in French."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import sys
import termios
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from patience import BACKSTOP_S
from processes import ROOT, started_script, state, wait_until

from atlas.export.image import DrawingStopped, ExportError, logo_png
from atlas.export.render_pool import DrawingLimits, RenderPool

LOGO = (ROOT / "templates/logo.svg").read_text("utf-8")
PNG = b"\x89PNG"
# What a machine says of itself.
MACHINE = re.compile(r"Error|Traceback|failed|exit code|NoneType|\bfile\b|Errno")


@pytest.fixture
def pool(sessions) -> Iterator[RenderPool]:
    """Closed before the sessions end: what is frozen would keep them."""
    made = RenderPool()
    made.limits = DrawingLimits(processes=2, seconds=BACKSTOP_S)
    yield made
    made.close()


@pytest.fixture
def sessions() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(10) as made:
        yield made


def test_a_process_that_was_started_ahead_draws_the_first_image(pool):
    pool.start_ahead()
    (ready,) = pool._idle
    pool.start_ahead()  # there is one
    assert pool._idle == [ready] and ready._running.poll() is None
    number = ready._running.pid
    assert logo_png(LOGO, pool).startswith(PNG) and pool._idle[0]._running.pid == number


def test_one_that_ended_before_it_was_asked_is_replaced(pool):
    pool.start_ahead()
    pool._idle[0]._running.kill()
    pool._idle[0]._running.wait()
    assert logo_png(LOGO, pool).startswith(PNG)


def freeze(pool: RenderPool) -> int:
    """Stop the process that drew last; gives its number."""
    logo_png(LOGO, pool)
    running = pool._idle[-1]._running
    os.kill(running.pid, signal.SIGSTOP)
    wait_until(lambda: state(running.pid)[0] == "T")
    return running.pid


def held_up(pool: RenderPool, sessions: ThreadPoolExecutor) -> Future[bytes]:
    """A session whose image is drawn by the frozen process, which its request has reached: one
    that is killed before is replaced, and the image is drawn."""
    drawing = sessions.submit(logo_png, LOGO, pool)
    wait_until(lambda: any(unread_bytes(each) for each in pool._at_work))
    return drawing


def unread_bytes(process) -> int:
    """Of the request that was written to a process."""
    unread = fcntl.ioctl(process._running.stdin, termios.FIONREAD, bytes(4))
    return int.from_bytes(unread, sys.byteorder)


def test_a_frozen_process_holds_up_its_own_image_alone(pool, sessions):
    frozen = freeze(pool)
    drawing = held_up(pool, sessions)
    assert [logo_png(LOGO, pool)[:4] for _ in range(3)] == [PNG] * 3
    assert not drawing.done()
    os.kill(frozen, signal.SIGCONT)
    assert drawing.result(BACKSTOP_S)[:4] == PNG


def test_a_frozen_process_is_ended_after_the_seconds_of_an_image(pool):
    frozen = freeze(pool)
    pool.limits = DrawingLimits(processes=2, seconds=1)
    with pytest.raises(DrawingStopped) as said:
        logo_png(LOGO, pool)
    assert str(said.value) == (
        "Le logo n’a pas pu être dessiné : le dessin a pris plus de 1\u00a0seconde, la limite de "
        "ce serveur ; réessayez, ou choisissez un format plus petit."
    )
    assert state(frozen) is None
    pool.limits = DrawingLimits(processes=2, seconds=BACKSTOP_S)
    assert logo_png(LOGO, pool)[:4] == PNG


def test_a_process_killed_while_it_draws_the_logo_is_an_error_in_french(pool, sessions):
    frozen = freeze(pool)  # in the middle of it, whatever the machine does
    drawing = held_up(pool, sessions)
    os.kill(frozen, signal.SIGKILL)
    said = str(drawing.exception(BACKSTOP_S))
    assert isinstance(drawing.exception(), ExportError) and not MACHINE.search(said)
    assert said.startswith("Le logo n’a pas pu être dessiné : le moteur de dessin s’est arrêté")
    assert logo_png(LOGO, pool)[:4] == PNG


def test_no_more_processes_than_allowed_draw_and_who_waits_is_told_the_place(pool, sessions):
    frozen = freeze(pool)
    drawing = held_up(pool, sessions)
    pool.limits = DrawingLimits(processes=1, seconds=BACKSTOP_S)
    told: list[list[int]] = [[], []]
    waiting = []
    for place in told:
        waiting.append(sessions.submit(logo_png, LOGO, pool, place.append))
        wait_until(lambda: len(pool._waiting) == len(waiting))
    wait_until(lambda: all(told))
    assert told[0][0] == 1 and told[1][0] == 2
    os.kill(frozen, signal.SIGCONT)
    assert {image.result(BACKSTOP_S)[:4] for image in [drawing, *waiting]} == {PNG}
    assert len(pool._idle) == 1


def test_who_leaves_the_queue_is_not_drawn_and_keeps_nobody(pool, sessions):
    frozen = freeze(pool)
    drawing = held_up(pool, sessions)
    pool.limits = DrawingLimits(processes=1, seconds=BACKSTOP_S)

    class Left(BaseException):
        """As Streamlit ends the drawing of a page that nobody looks at any more."""

    def leave(before: int) -> None:
        raise Left

    gone = sessions.submit(logo_png, LOGO, pool, leave)
    assert isinstance(gone.exception(BACKSTOP_S), Left) and pool._waiting == []
    os.kill(frozen, signal.SIGCONT)
    assert drawing.result(BACKSTOP_S)[:4] == PNG and logo_png(LOGO, pool)[:4] == PNG


def test_images_are_drawn_in_the_order_in_which_they_were_asked_for(pool, sessions):
    frozen = freeze(pool)
    drawing = held_up(pool, sessions)
    pool.limits = DrawingLimits(processes=1, seconds=BACKSTOP_S)
    drawn: list[int] = []
    for number in range(6):
        asked = sessions.submit(logo_png, LOGO, pool)
        asked.add_done_callback(lambda _, number=number: drawn.append(number))
        wait_until(lambda number=number: len(pool._waiting) == number + 1)
    os.kill(frozen, signal.SIGCONT)
    drawing.result(BACKSTOP_S)
    asked.result(BACKSTOP_S)
    wait_until(lambda: len(drawn) == 6)
    assert drawn == sorted(drawn)


def test_an_image_that_takes_more_memory_than_allowed_costs_itself_alone(pool):
    """A logo of 400 megapixels, which the engine would hold as 1.6 gigabytes."""
    pool.limits = DrawingLimits(processes=1, seconds=BACKSTOP_S, memory_megabytes=1000)
    assert logo_png(LOGO, pool)[:4] == PNG
    tall = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 25000">'
        '<rect width="10" height="25000"/></svg>'
    )
    with pytest.raises(ExportError, match="^Le logo n’a pas pu être dessiné : ") as said:
        logo_png(tall, pool)
    assert not MACHINE.search(str(said.value))
    assert logo_png(LOGO, pool)[:4] == PNG


def test_a_server_without_room_for_a_process_says_so():
    """As with too many visitors: no descriptor is left for the pipes of a process."""
    said = started_script(
        "import resource, os\n"
        "from atlas.export.render_pool import EngineStopped, RenderPool\n"
        "used = max(map(int, os.listdir('/proc/self/fd')))\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (used, 99))\n"
        "try:\n"
        "    RenderPool().draw({'kind': 'logo', 'logo': ''})\n"
        "except EngineStopped as reason:\n"
        "    print(reason)\n",
        stderr=-3,
    ).communicate()[0]
    assert said == (
        "le moteur de dessin n’a pas pu démarrer, le serveur est trop chargé ; réessayez dans un "
        "instant\n"
    )


def test_a_drawing_process_that_is_frozen_ends_with_its_server():
    server = started_script(
        "from pathlib import Path\n"
        "from atlas.export.render_pool import RenderPool\n"
        "pool = RenderPool()\n"
        "pool.draw({'kind': 'logo', 'logo': Path('templates/logo.svg').read_text()})\n"
        "print(pool._idle[0]._running.pid, flush=True)\n"
        "input()\n",
        stdin=-1,
    )
    drawing = int(server.stdout.readline())
    os.kill(drawing, signal.SIGSTOP)
    server.kill()
    server.communicate()
    wait_until(lambda: state(drawing) is None)
