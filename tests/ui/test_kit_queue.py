"""Press kits of many visitors: so many at a time, in their order, none without its session."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from processes import state, wait_until
from streamlit.testing.v1 import AppTest
from visits import CORSE, named, opened

from atlas.settings.server import Limits
from atlas.ui import kit_queue
from atlas.ui.kit_process import KitProcess
from atlas.ui.kit_queue import KitQueue

Ask = Callable[..., KitProcess]


@pytest.fixture
def queue() -> KitQueue:
    return KitQueue(Limits(kits=2))


@pytest.fixture
def ask(queue, ending) -> Ask:
    """A visitor asks for a kit. Its process is frozen as soon as it starts: it is at work for as
    long as a test wants, and costs nothing."""

    def ask(session_is_open: Callable[[], bool] = lambda: True) -> KitProcess:
        ending.append(KitProcess("Un kit", list(CORSE), session_is_open))
        queue.add(ending[-1])
        freeze(ending[-1])
        return ending[-1]

    return ask


def freeze(kit: KitProcess) -> None:
    if kit.running:
        os.kill(kit._process.pid, signal.SIGSTOP)


def folder_of(kit: KitProcess) -> Path:
    return kit._folder.path


def test_the_kits_over_the_limit_wait_in_their_order(queue, ask):
    kits = [ask() for _ in range(5)]
    assert [kit.running for kit in kits] == [True, True, False, False, False]
    assert [queue.kits_before(kit) for kit in kits] == [0, 0, 2, 3, 4]
    queue.cancel(kits[3])  # which waits
    assert [queue.kits_before(kit) for kit in kits] == [0, 0, 2, 0, 3]
    queue.cancel(kits[0])
    assert [kit.running for kit in kits] == [False, True, True, False, False]
    assert [queue.kits_before(kit) for kit in kits] == [0, 0, 0, 0, 2]
    assert kits[0].cancelled and kits[3].cancelled and not folder_of(kits[0]).exists()


def test_the_next_kit_begins_when_one_ends(queue, ask):
    first, _, third = ask(), ask(), ask()
    assert not third.running
    os.kill(first._process.pid, signal.SIGKILL)
    wait_until(lambda: third.running)
    assert first.failed and not first.cancelled


def test_a_kit_ends_with_its_session_whether_it_waits_or_is_made(queue, ask):
    gone = set[str]()
    kits = {name: ask(lambda name=name: name not in gone) for name in ("a", "b", "c", "d")}
    process = kits["a"]._process.pid
    gone |= {"a", "c"}
    queue._end_overdue(time.monotonic() + kit_queue.SECONDS_OF_WORK_WITHOUT_SESSION + 1)
    assert kits["a"].cancelled and kits["c"].cancelled and kits["c"].started_at is None
    assert state(process) is None and not folder_of(kits["a"]).exists()
    wait_until(lambda: kits["d"].running)
    assert kits["b"].running and not kits["b"].over


def test_a_connection_that_breaks_for_a_moment_keeps_its_kit(queue, ask):
    kit = ask(lambda: False)
    for seconds in (0, kit_queue.SECONDS_OF_WORK_WITHOUT_SESSION - 1):
        queue._end_overdue(kit.started_at + seconds)
        assert kit.running
    queue._end_overdue(kit.started_at + kit_queue.SECONDS_OF_WORK_WITHOUT_SESSION + 1)
    assert kit.cancelled


def test_a_kit_that_lasts_too_long_is_ended_and_says_the_limit(queue, ask):
    kit = ask()
    queue._end_overdue(kit.started_at + 30 * 60 - 1)
    assert kit.running
    queue._end_overdue(kit.started_at + 30 * 60)
    assert kit.cancelled and state(kit._process.pid) is None
    assert kit.messages == (
        "Arrêté après 30\u00a0minutes, la limite de ce serveur : choisissez moins de contenus, de "
        "formats ou de types de fichiers."
    )


def test_a_kit_that_nobody_comes_back_for_is_removed(queue, ask):
    kit = ask(lambda: False)
    os.kill(kit._process.pid, signal.SIGKILL)
    kit.wait()
    begun = kit.started_at
    queue._end_overdue(begun + kit_queue.SECONDS_A_KIT_IS_KEPT_WITHOUT_SESSION - 1)
    assert folder_of(kit).exists()
    queue._end_overdue(begun + kit_queue.SECONDS_A_KIT_IS_KEPT_WITHOUT_SESSION + 1)
    assert not folder_of(kit).exists()


def test_a_kit_for_which_there_is_no_place_on_the_disk_says_so(queue, ending, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/proc")
    ending.append(KitProcess("Un kit", list(CORSE)))
    queue.add(ending[0])
    assert ending[0].failed and ending[0].messages.startswith("Le serveur n’a pas pu commencer")


def test_a_visitor_reads_the_place_of_the_kit_and_takes_it_back(edited_site, edit, ending):
    edit("config/server.yaml", "kits: 2", "kits: 1")
    kits = []
    for _ in range(2):
        visit = named(opened("kit").button, "Produire le kit").click().run()
        kits.append(visit.session_state["kit_job"])
        ending.append(kits[-1])
        freeze(kits[-1])
    assert not visit.exception
    assert "Votre kit attend : 1 avant le vôtre." in [said.value for said in visit.info]
    assert "Ce serveur fait 1\u00a0kit à la fois" in visit.caption[-1].value
    visit = named(visit.button, "Arrêter").click().run()
    assert not visit.exception and kits[1].cancelled and kits[0].running


def test_a_visitor_reads_the_place_of_an_image():
    def page() -> None:
        import streamlit as st

        from atlas.ui.drawing_queue import place_shown

        with place_shown(st.empty()) as say:
            say(2)
            if st.query_params.get("drawn") is None:
                st.stop()

    visit = AppTest.from_function(page).run()
    assert [said.value for said in visit.caption] == ["Votre image attend : 2 avant la vôtre."]
    visit.query_params["drawn"] = "1"
    assert not visit.run().caption and not visit.exception


def test_a_server_that_stops_leaves_nothing_of_its_kits(queue, ask):
    kits = [ask() for _ in range(4)]
    queue.close()
    assert all(kit.over for kit in kits) and not folder_of(kits[0]).exists()
