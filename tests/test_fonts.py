"""One font on paper and on screen: what drawings name is what the pages load, from its files."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import streamlit
from fontTools.ttLib import TTFont
from streamlit import config

from atlas.export.web import resources
from atlas.figures.common.style import FONT
from atlas.rendering import text_metrics
from atlas.server.font_links import with_font_links

ROOT = Path(__file__).parents[1]
THEME: dict[str, Any] = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
FACES: list[dict[str, str]] = THEME["fontFaces"]
ADDRESS_OF_STATIC = "app/static/"
NAME, TYPOGRAPHIC_NAME = 1, 16


def file_of(face: dict[str, str]) -> Path:
    """The file at the address of a face."""
    return ROOT / "static" / face["url"].removeprefix(ADDRESS_OF_STATIC)


def first(families: str) -> str:
    return families.split(",")[0].strip('" ')


def test_charts_pages_and_images_name_the_same_family() -> None:
    of_web_pages = (Path(resources.__file__).parent / "style.css").read_text("utf-8")
    named = {
        "charts": first(FONT),
        "pages": first(THEME["font"]),
        "web pages": first(re.findall(r"font: 400 1rem/1.5 (.+);", of_web_pages)[0]),
        **{face["url"]: face["family"] for face in FACES},
    }
    assert {place: name for place, name in named.items() if name != text_metrics.FAMILY} == {}


@pytest.mark.parametrize("face", FACES, ids=lambda face: face["weight"] + face["style"])
def test_a_face_of_the_pages_is_a_file_of_that_family_and_weight(face: dict[str, str]) -> None:
    with TTFont(file_of(face), lazy=True) as font:
        names = font["name"]
        family = names.getDebugName(TYPOGRAPHIC_NAME) or names.getDebugName(NAME)
        assert family == face["family"]
        assert font["OS/2"].usWeightClass == int(face["weight"])
        assert (font["post"].italicAngle != 0) == (face["style"] == "italic")


def test_pages_load_every_file_that_images_are_drawn_with() -> None:
    files = {file_of(face) for face in FACES}
    assert files == set(text_metrics.FOLDER.glob("*.ttf"))


def test_a_page_asks_for_its_fonts_before_a_chart_measures_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(config, "get_option", {"theme.fontFaces": FACES}.__getitem__)
    page = (Path(streamlit.__file__).parent / "static/index.html").read_bytes()
    asked = re.findall(r'<link\s+rel="preload"\s+href="\./([^"]+)"', with_font_links(page).decode())
    assert asked == [face["url"] for face in FACES if face["style"] == "normal"]
