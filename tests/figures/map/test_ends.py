"""A long ranking: its first and last bars, and the one that stands out between them."""

from __future__ import annotations

import json

import pytest
from made_once import cached_figure
from shipped import RATE

from atlas.figures.common.ranked_bars import NATION
from atlas.figures.map.ends import bars_drawn, gap_rows
from atlas.figures.map.request import RankingRequest
from atlas.figures.map.rows import map_rows

FRANCE = RankingRequest(indicator=RATE, period="2025-12")


@pytest.mark.parametrize(
    ("asked", "count", "gaps"),
    [
        ({}, 20, ["81 autres"]),
        ({"highlighted": "DEP-40"}, 21, ["58 autres", "22 autres"]),
        ({"highlighted": "DEP-38"}, 20, ["81 autres"]),
        ({"extent": "all"}, 101, []),
        ({"territory": "REG-75"}, 12, []),
    ],
)
def test_the_ends_of_a_long_ranking_are_drawn_with_who_stands_out(fictitious, asked, count, gaps):
    request = FRANCE.with_fields(**asked)
    rows = map_rows(fictitious, request)
    drawn, left_out = bars_drawn(request, rows), gap_rows(request, rows)
    assert len(drawn) == count and drawn["shown"].is_monotonic_decreasing
    assert [text.replace("\u00a0", " ").strip() for text in left_out["mark"]] == gaps
    assert request.highlighted in ("", *drawn["code"])


def test_two_gaps_of_one_length_have_each_a_row(fictitious):
    rows = map_rows(fictitious, FRANCE).sort_values("shown", ascending=False, kind="stable")
    middle = FRANCE.with_fields(highlighted=rows["code"].iloc[50])
    gaps = gap_rows(middle, rows)["mark"]
    assert [text.strip() for text in gaps] == ["40\u00a0autres"] * 2 and gaps.is_unique


def test_the_native_chart_and_the_table_hold_what_each_says(fictitious):
    figure = cached_figure(fictitious, FRANCE)
    assert len(figure.native.categories) == 20 and len(figure.table) == 101
    assert figure.subtitle.endswith(", les dix premiers et les dix derniers")


def test_a_value_and_the_line_of_france_have_their_unit(context):
    spec = cached_figure(context, FRANCE.with_fields(territory="REG-75")).spec
    text = json.dumps(spec, ensure_ascii=False)
    assert "'France '+format(datum.value,'.1f')+'\u00a0%'" in text
    assert any(row["i"] == NATION for rows in spec["datasets"].values() for row in rows)


def test_another_period_of_a_cut_ranking_leaves_its_specification_as_it_is(fictitious):
    specs = [
        cached_figure(fictitious, FRANCE.with_fields(period=period)).spec
        for period in ("2025-12", "2026-03")
    ]
    assert len({json.dumps({**spec, "datasets": None}) for spec in specs}) == 1
