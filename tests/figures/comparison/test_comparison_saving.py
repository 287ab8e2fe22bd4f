"""Views that become pages of config.yaml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from comparison_cases import PAGE, RATE, REQUESTS, ROOT, request, texts_of
from made_once import cached_figure

from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.saving import page_entry
from atlas.figures.registry import figure_of
from atlas.settings import Annotation, read_settings


def reread(context: FigureContext, entry: str, folder: Path) -> tuple[FigureContext, str]:
    """The context whose config.yaml has the entry pasted into it, and the key of the entry."""
    text = (ROOT / "config.yaml").read_text("utf-8")
    path = folder / "config.yaml"
    path.write_text(text.replace("\ncomparisons:\n", f"\ncomparisons:\n{entry}", 1), "utf-8")
    settings, problems = read_settings(
        ROOT,
        instead={"config.yaml": path},
        territories=context.territories.by_code,
        sources=context.dataset.sources,
    )
    assert problems == []
    return replace(context, settings=settings), next(iter(settings.comparisons))


VIEWS = {
    **REQUESTS,
    "neighbours": request(layout="bars", territories="FR+voisins-REG-75"),
    "two words": request(layout="bars", territories="regions+departements"),
    "a group": request(layout="table", territories="groupe-outre-mer+FR", compared_to="aucune"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_that_is_saved_shows_the_same_figure_as_a_page(context, tmp_path, name):
    asked = VIEWS[name]
    entry = page_entry(context, asked, [asked.indicator])
    again, key = reread(context, entry, tmp_path)
    assert key not in context.settings.comparisons
    before = cached_figure(context, asked)
    after = cached_figure(again, request(key, asked.indicator))
    assert (after.spec, after.digest, after.caption) == (before.spec, before.digest, before.caption)


def test_texts_that_yaml_would_take_for_something_else_are_quoted(context, tmp_path):
    odd = {
        "nav": "no",
        "title": 'Un « titre »: "2025" # vraiment',
        "finding": "123",
        "annotations": [Annotation(territory="FR", text="a: b, {c} [d] - e\\f")],
    }
    page = context.settings.comparisons[PAGE].model_copy(update=odd)
    pages = {**context.settings.comparisons, PAGE: page}
    spoilt = replace(context, settings=context.settings.model_copy(update={"comparisons": pages}))
    again, key = reread(context, page_entry(spoilt, request(), [RATE]), tmp_path)
    saved = again.settings.comparisons[key]
    assert {name: getattr(saved, name) for name in odd} == odd


def test_the_page_of_the_manual_is_one(context, tmp_path):
    manual = (ROOT / "docs/add-a-comparison-page.md").read_text("utf-8")
    entry = manual.split("```yaml\ncomparisons:\n")[1].split("```")[0]
    again, key = reread(context, entry, tmp_path)
    assert list(texts_of(figure_of(again, request(key)))["Territoire"]) == [
        "Nouvelle-Aquitaine",
        "France",
        "Corse",
    ]


def test_a_page_that_is_saved_unchanged_keeps_its_texts_under_another_key(context, tmp_path):
    again, key = reread(context, page_entry(context, request(), [RATE]), tmp_path)
    assert again.settings.comparisons[key] == context.settings.comparisons[PAGE]
