"""What the review of findings makes of the rows that it names."""

from __future__ import annotations

import pandas as pd
import pytest

from atlas.observations.checks import KnownKeys
from atlas.observations.reading import build_frame
from atlas.observations.verdicts import apply_verdicts
from atlas.settings import Effect, Review

KEY = "croissance/FR/activated_profiles/2025/egora-202601/klesia-202601"
NAME = "data/reviewed_findings.yaml"
ONE = ["FR", "activated_profiles", "", "2025", "100", "", "93", "2024", "egora-202601", "", ""]
OTHER = [*ONE[:4], "120", "", "", "", "klesia-202601", "p. 1", ""]


@pytest.fixture
def rows(known_keys: KnownKeys) -> pd.DataFrame:
    return build_frame([ONE, OTHER], known_keys.settings)


def review(*effects: dict[str, object]) -> Review:
    made = [Effect.model_validate(effect) for effect in effects]
    return Review(verdict="arrondi", advice="Préférez l’autre.", effects=made)


def test_an_effect_marks_the_row_that_its_source_names(rows):
    effects = review(
        {"source": "egora-202601", "effect": "rejected"},
        {"source": "klesia-202601", "effect": "preferred"},
    )
    marked, problems = apply_verdicts(rows, {KEY: effects}, NAME)
    assert problems == []
    assert marked["rejected"].tolist() == [True, False]
    assert marked["verdict"].tolist() == ["", "preferred"]
    assert not rows["rejected"].any()


@pytest.mark.parametrize(
    ("found_by", "contradicted"),
    [({"change": 93}, "change"), ({"value": 100}, "level"), ({}, "both")],
)
def test_what_finds_a_contradicted_row_says_which_amount_is_contradicted(
    rows, found_by, contradicted
):
    effect = {"source": "egora-202601", "effect": "contradicted", "says": "Non.", **found_by}
    marked, _ = apply_verdicts(rows, {KEY: review(effect)}, NAME)
    assert marked["contradicted"].tolist() == [contradicted, ""]
    assert marked["contradiction"].tolist() == ["Non.", ""]


@pytest.mark.parametrize(
    ("effect", "message"),
    [
        ({"source": "egora-202602"}, "ne désigne aucune ligne"),
        ({"source": "egora-202601", "value": 101}, "ne désigne aucune ligne"),
        ({"source": "egora-202601", "indicator": "app_downloads"}, "ne désigne aucune ligne"),
    ],
)
def test_an_effect_that_names_no_row_is_a_problem_with_its_finding(rows, effect, message):
    marked, (problem,) = apply_verdicts(rows, {KEY: review({**effect, "effect": "rejected"})}, NAME)
    assert message in problem.message and problem.where == KEY and problem.cure
    assert problem.file == NAME and not marked["rejected"].any()


def test_an_effect_that_names_two_rows_has_none_and_says_how_to_tell_them_apart(known_keys):
    rows = build_frame([ONE, [*ONE[:9], "p. 2", ""]], known_keys.settings)
    effect = review({"source": "egora-202601", "effect": "rejected"})
    marked, (problem,) = apply_verdicts(rows, {KEY: effect}, NAME)
    assert "désigne 2 lignes" in problem.message and "page" in problem.cure
    assert not marked["rejected"].any()


def test_two_effects_that_disagree_on_a_row_are_a_problem(rows):
    reviews = {
        KEY: review({"source": "egora-202601", "effect": "rejected"}),
        KEY + "/b": review({"source": "egora-202601", "effect": "noted"}),
    }
    _, (problem,) = apply_verdicts(rows, reviews, NAME)
    assert "contredit celui de" in problem.message and KEY in problem.message
