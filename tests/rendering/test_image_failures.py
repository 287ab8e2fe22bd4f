"""When an image cannot be made, or would not be right: an error in French, and the next works."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from patience import BACKSTOP_S
from shipped import INVENTED, RATE, SETTINGS, SHIPPED, VISITED

from atlas.export import render_pool as pools
from atlas.export.image import ExportError, image, logo_png
from atlas.export.page_layout import Options
from atlas.export.render_pool import DrawingLimits, RenderPool
from atlas.figures.common.figure import Figure
from atlas.figures.map.request import RankingRequest
from atlas.figures.registry import figure_of
from atlas.rendering import text_metrics

ROOT = Path(__file__).parents[2]
FORMATS = SETTINGS.formats
# What a machine says of itself.
MACHINE = re.compile(r"Error|Traceback|failed|exit code|NoneType|\bfile\b|/(tmp|work|app)/")
Draw = Callable[..., bytes]


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    made = RenderPool(1)
    yield made
    made.close()


@pytest.fixture
def draw(context, pool) -> Draw:
    def draw(figure: Figure, kind: str = "svg", size: str = "170mm", **more) -> bytes:
        return image(
            figure,
            kind,
            more.pop("shapes", context.shapes),
            FORMATS[size],
            pool=pool,
            options=Options(**more),
        )

    return draw


@pytest.fixture(scope="module")
def figures(context, fictitious) -> dict[str, Figure]:
    """A map, a ranking, a curve, plain bars, and the ranking of the 101 départements."""
    requests = {
        "carte": VISITED["aquitaine"],
        "classement": VISITED["classement"],
        "courbe": SHIPPED["trajectoires/activation_rate"](context),
        "barres": SHIPPED["taux-activation-fin-2025/activation_rate"](context),
    }
    everywhere = RankingRequest(indicator=RATE, period="2025-12", extent="all")
    return {
        **{name: figure_of(context, request) for name, request in requests.items()},
        "101": figure_of(fictitious, everywhere),
    }


def refusal(draw: Draw, figure: Figure, *rest, **more) -> str:
    """The sentence that the reader gets."""
    with pytest.raises(ExportError) as failed:
        draw(figure, *rest, **more)
    said = str(failed.value)
    assert figure.title in said and said.endswith(".") and not MACHINE.search(said)
    return said


# --- a figure that does not fit ------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
@pytest.mark.parametrize("size", [key for key, size in FORMATS.items() if size.height])
def test_the_ranking_of_101_departements_is_refused_where_its_bars_would_be_hairs(
    draw, figures, size, kind
):
    said = refusal(draw, figures["101"], kind, size)
    assert said == (
        f"« {figures['101'].title} » ne tient pas dans le format "
        f"« {FORMATS[size].label} » : il ne reste pas assez de hauteur pour le "
        "dessin."
    )


@pytest.mark.parametrize("size", [key for key, size in FORMATS.items() if not size.height])
def test_the_ranking_of_101_departements_fits_where_the_height_is_free(draw, figures, size):
    assert draw(figures["101"], "svg", size).count(b'aria-roledescription="bar"') == 101


def test_a_caption_as_long_as_a_page_is_refused_and_not_cut(draw, figures):
    figure = replace(
        figures["barres"], source="Une source au titre sans fin, " * 200, brief_caption=()
    )
    assert "ne tient pas dans le format « A4 paysage »" in refusal(
        draw, figure, "png", "a4-paysage"
    )


def test_a_word_without_end_is_refused_and_does_not_leave_the_page(draw, figures):
    figure = replace(figures["barres"], title="Anti" + "constitutionnellement" * 9)
    assert "sort de l’image" in refusal(draw, figure)


# --- a drawing that would not be right -----------------------------------------------------------


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
@pytest.mark.parametrize("name", ["classement", "courbe", "barres"])
def test_a_drawing_without_any_mark_is_an_error(draw, figures, name, kind):
    empty = {table: [] for table in figures[name].spec["datasets"]}
    figure = replace(figures[name], spec={**figures[name].spec, "datasets": empty})
    assert refusal(draw, figure, kind).endswith("le dessin est vide.")


def test_a_bar_that_is_not_drawn_is_an_error(draw, figures):
    figure = figures["classement"]
    fewer = {table: rows[:-3] for table, rows in figure.spec["datasets"].items()}
    said = refusal(draw, replace(figure, spec={**figure.spec, "datasets": fewer}))
    assert re.search(r"\d+ marques sont dessinées, 12 attendues", said)


def test_a_map_whose_colours_are_not_those_of_its_legend_is_an_error(draw, figures):
    """Without its values every territory is drawn, named, and « non publié »."""
    figure = figures["carte"]
    empty = {table: [] for table in figure.spec["datasets"]}
    refusal(draw, replace(figure, spec={**figure.spec, "datasets": empty}))


@pytest.mark.parametrize(
    "words, strange",
    [
        ("健康 en France", "健康"),
        ("Santé 😀", "😀"),
        ("Taux\u2011clé", "\u2011"),
    ],
)
def test_a_letter_that_the_font_lacks_is_named(draw, figures, words, strange):
    for field in ("title", "lecture"):
        figure = replace(figures["barres"], **{field: words}, brief_caption=())
        assert f"la police n’a pas le signe « {strange} »" in refusal(draw, figure)


@pytest.mark.parametrize("words", ["Œuvre, ÿ, Ç, « ’ » … – − ≤ † €", "1\u202f234,5\u00a0%"])
def test_every_sign_of_french_printing_is_in_the_font(draw, figures, words):
    assert draw(replace(figures["barres"], lecture=words, brief_caption=()), "png")


# --- files that are not there --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["carte", "classement"])
def test_a_figure_without_its_shapes_is_an_error_and_not_an_empty_map(draw, figures, name):
    assert "n’a pas pu être dessinée" in refusal(draw, figures[name], shapes=None)


def test_a_file_of_shapes_that_is_gone_is_an_error_and_the_next_image_is_drawn(
    draw, context, figures, tmp_path
):
    refusal(draw, figures["carte"], shapes=replace(context.shapes, folder=tmp_path))
    assert draw(figures["carte"])


def test_a_file_of_shapes_that_is_spoilt_is_an_error_and_the_next_image_is_drawn(
    draw, context, figures, tmp_path
):
    folder = shutil.copytree(context.shapes.folder, tmp_path / "contours")
    view = folder / context.shapes.views["REG-75"].file
    view.write_bytes(view.read_bytes()[:5000])
    refusal(draw, figures["carte"], shapes=replace(context.shapes, folder=folder))
    assert draw(figures["carte"])


@pytest.mark.parametrize("spec", [{}, {"layer": "rien"}, {"mark": "barre"}])
def test_a_spoilt_specification_is_french_to_the_reader_and_whole_in_the_log(
    draw, figures, caplog, spec
):
    said = refusal(draw, replace(figures["barres"], spec=spec))
    assert "le moteur de dessin s’est arrêté" in said
    assert "Traceback" in caplog.text and "the drawing process failed" in caplog.text
    assert draw(figures["barres"])


FONTS = ["SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-Bold.ttf"]


@pytest.mark.parametrize("lost", FONTS)
def test_a_font_that_is_not_there_is_named_by_the_process_that_draws(tmp_path, lost):
    """vl-convert would leave the texts out, or write them in another font, without a word."""
    shutil.copytree(
        ROOT / "atlas/rendering",
        tmp_path / "atlas/rendering",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (tmp_path / "atlas/__init__.py").touch()
    shutil.copytree(ROOT / "static/fonts", tmp_path / "static/fonts")
    (tmp_path / "static/fonts" / lost).unlink()
    order = json.dumps({"kind": "svg", "spec": {}, "shapes": {}})
    answer = subprocess.run(
        [sys.executable, "-m", "atlas.rendering"],
        cwd=tmp_path,
        check=True,
        input=order,
        capture_output=True,
        text=True,
    ).stdout
    assert json.loads(answer) == {"refused": f"il manque la police {lost} dans static/fonts"}


def test_a_font_that_is_not_there_is_an_error_in_french(draw, figures, tmp_path, monkeypatch):
    monkeypatch.setattr(text_metrics, "FOLDER", tmp_path)
    text_metrics._font.cache_clear()
    try:
        assert "police" in refusal(draw, figures["barres"])
    finally:
        text_metrics._font.cache_clear()


# --- the process that draws ----------------------------------------------------------------------


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen]:
    """The processes that draw, as they are started."""
    made: list[subprocess.Popen] = []
    popen = subprocess.Popen

    def start(*arguments, **options) -> subprocess.Popen:
        made.append(popen(*arguments, **options))
        return made[-1]

    monkeypatch.setattr(pools.subprocess, "Popen", start)
    return made


@pytest.fixture
def alone(started) -> Iterator[RenderPool]:
    """A pool of one process that no other test uses."""
    made = RenderPool(1)
    yield made
    made.close()


@pytest.fixture
def own(alone, context, figures) -> Callable[[], bytes]:
    """Draws the bars in it."""
    return lambda: image(figures["barres"], "svg", context.shapes, FORMATS["82mm"], pool=alone)


# A logo is drawn as an image is, by a process that does not start the engine of charts for it.


def test_one_process_draws_one_image_after_the_other(alone, context, started):
    made = [logo_png(context.logo, alone) for _ in range(2)]
    assert made[0] == made[1] and len(started) == 1


def test_a_process_killed_between_two_images_is_replaced(alone, context, started):
    before = logo_png(context.logo, alone)
    started[0].kill()
    started[0].wait()
    assert logo_png(context.logo, alone) == before and len(started) == 2


def test_a_process_killed_at_work_is_an_error_and_the_next_image_is_drawn(
    started, context, figures
):
    alone = RenderPool(1)
    image(figures["barres"], "svg", context.shapes, FORMATS["82mm"], pool=alone)
    ended = threading.Event()

    def kill_again_and_again() -> None:
        while not ended.wait(0.05):
            started[-1].kill()

    threading.Thread(target=kill_again_and_again).start()
    said = refusal(
        lambda figure: [
            image(figure, "png", context.shapes, FORMATS["a4-paysage"], pool=alone)
            for _ in range(50)
        ],
        figures["carte"],
    )
    ended.set()
    assert "le moteur de dessin s’est arrêté" in said
    assert image(figures["barres"], "svg", context.shapes, FORMATS["82mm"], pool=alone)
    alone.close()


def test_a_drawing_that_never_ends_is_stopped(own, alone):
    own()
    alone.limits = DrawingLimits(seconds=0)
    with pytest.raises(ExportError, match="le dessin a pris plus de "):
        for _ in range(20):
            own()
    alone.limits = DrawingLimits()
    assert own()


@pytest.mark.parametrize("gently, limit", [(False, 120), (True, 3600)])
def test_a_drawing_that_lets_others_go_first_is_given_more_time(
    started, context, monkeypatch, gently, limit
):
    """The kit of a visitor yields to every page: a busy machine must not make it fail."""
    given = []

    class Watch(threading.Timer):
        def __init__(self, interval, function) -> None:
            given.append(interval)
            super().__init__(interval, function)

    monkeypatch.setattr(pools.threading, "Timer", Watch)
    alone = RenderPool(1, gently=gently)
    logo_png(context.logo, alone)
    alone.close()
    assert given == [limit]


def test_no_process_is_left_behind_by_a_pool_that_is_closed(started, context):
    alone = RenderPool(2)
    logo_png(context.logo, alone)
    assert [process.poll() for process in started] == [None]
    alone.close()
    assert all(process.poll() is not None for process in started)


def test_a_process_that_draws_ends_with_the_input_that_it_reads():
    ended = subprocess.run(
        [sys.executable, "-m", "atlas.rendering"],
        cwd=ROOT,
        input=b"",
        capture_output=True,
        check=False,
        timeout=BACKSTOP_S,
    )
    assert (ended.returncode, ended.stdout) == (0, b"")


def test_a_figure_of_the_invented_set_that_fails_is_named_too(draw, fictitious):
    figure = figure_of(fictitious, INVENTED["fictif-classement"])
    assert "ne tient pas" in refusal(
        draw, replace(figure, source="Sans fin, " * 500, brief_caption=()), "png", "carre-1080"
    )
