"""The player of a slider: where it stops is what is drawn, whatever a slow browser still shows."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

PERIODS = ["2025-09", "2025-10", "2025-11", "2025-12"]


def page() -> None:
    import streamlit as st

    from atlas.ui import time_slider, url_widgets

    st.session_state[url_widgets._SAME_PAGE] = "elsewhere" not in st.session_state
    seconds = time_slider.tick_seconds("apres")
    period = time_slider.animated_slider(
        "Après",
        ["2025-09", "2025-10", "2025-11", "2025-12"],
        "apres",
        default="2025-09",
        option_label=str,
        ticking=seconds is not None,
    )
    st.text(period)


def period_shown(visit: AppTest) -> str:
    assert not visit.exception
    return str(visit.text[0].value)


def playing() -> AppTest:
    visit = AppTest.from_function(page).run()
    visit.button("lecture_lire").click().run()
    return visit


def test_it_goes_from_step_to_step_and_stops_at_the_last():
    visit = playing()
    steps = [period_shown(visit)]
    while visit.button and visit.button[0].key == "lecture_arreter":
        steps.append(period_shown(visit.run()))
    assert steps[-1] == PERIODS[-1] == visit.select_slider("apres").value
    assert [step for place, step in enumerate(steps) if step not in steps[:place]] == PERIODS[1:]


def test_a_browser_that_has_not_drawn_the_last_step_does_not_take_it_back():
    """Each step is asked for with the place of the slider in the browser."""
    visit = playing()
    while period_shown(visit) != PERIODS[-1]:
        before = period_shown(visit)
        visit.run()
    visit.select_slider("apres").set_value(before).run()
    assert period_shown(visit) == PERIODS[-1] == visit.select_slider("apres").value


def test_a_visitor_who_moves_it_stops_it_there():
    visit = playing()
    visit.select_slider("apres").set_value(PERIODS[3]).run()
    assert period_shown(visit) == PERIODS[3] and visit.button[0].key == "lecture_lire"
    visit.select_slider("apres").set_value(PERIODS[0]).run()
    assert period_shown(visit) == PERIODS[0]


def test_a_page_that_is_left_while_it_plays_opens_again_where_its_link_says():
    visit = playing()
    visit.run()
    visit.session_state["elsewhere"] = True
    visit.select_slider("apres").set_value(PERIODS[0]).run()
    assert period_shown(visit) == PERIODS[0] and visit.button[0].key == "lecture_lire"
