"""The timeline as a figure: every year, whole where there is room, else titles alone."""

from __future__ import annotations

from dataclasses import replace

from made_once import cached_figure

from atlas.figures.registry import figure_of
from atlas.figures.timeline.drawing import largest_plan
from atlas.figures.timeline.request import TimelineRequest


def drawn_texts(figure, width, height):
    rows = figure.sized.spec(width, height)["datasets"].values()
    return [row["text"] for values in rows for row in values if "text" in row]


def test_every_year_and_every_point_is_drawn_where_there_is_room(context):
    figure = cached_figure(context, TimelineRequest())
    said = "".join("".join(drawn_texts(figure, 640, 900)).split())
    for milestone in context.milestones:
        assert str(milestone.year) in said
        assert all("".join(point.split()) in said for point in milestone.points)


def test_where_there_is_little_room_years_keep_their_titles(context):
    figure = cached_figure(context, TimelineRequest())
    said = drawn_texts(figure, 600, 200)
    assert {str(milestone.year) for milestone in context.milestones} <= set(said)
    points = [point for milestone in context.milestones for point in milestone.points]
    assert "Les débuts" in said and not any(text.startswith(points[0][:12]) for text in said)


def test_years_stay_in_their_box_in_their_order(context):
    for width, height in ((309.0, 1400.0), (640.0, 700.0), (1000.0, 600.0)):
        plan = largest_plan(context.milestones, width, height)
        assert [year.milestone.year for year in plan.years] == list(range(2021, 2028))
        assert all(year.y + year.height <= height + 0.01 for year in plan.years)


def test_a_milestone_that_is_changed_changes_the_digest(context):
    before = cached_figure(context, TimelineRequest())
    first, *others = context.milestones
    changed = first.model_copy(update={"points": ["Autre chose."]})
    after = figure_of(replace(context, milestones=(changed, *others)), TimelineRequest())
    assert before.digest != after.digest


def test_without_milestones_there_is_no_figure(context):
    assert figure_of(replace(context, milestones=()), TimelineRequest()) is None
