"""Several checks that doubt one figure make one finding."""

from __future__ import annotations

from observation_rows import DOCUMENTS, PROFILES, RATE, Run, row


def test_a_figure_that_three_checks_doubt_is_one_finding_that_quotes_all(run: Run) -> None:
    (found,) = run(
        row(DOCUMENTS, 420e6, qualifier="over", change=40.0, compared_to="2024"),
        row(DOCUMENTS, 420e6, source="b"),
        row(DOCUMENTS, 240e6, qualifier="over", change=79.0, compared_to="2024", source="c"),
        row(DOCUMENTS, 300e6, period="2024", source="d"),
    )
    assert found.check == "valeurs-differentes"
    assert {quote.source for quote in found.citations} == {"a", "b", "c", "d"}


def test_of_two_values_the_one_that_others_repeat_is_not_the_doubted_one(run: Run) -> None:
    (found,) = run(row(PROFILES, 24e6), row(PROFILES, 24e6, source="b"), row(PROFILES, 27e6))
    assert ["27" in quote.text for quote in found.doubted] == [True]


def test_two_contradictions_that_only_share_a_sound_figure_are_two_findings(run: Run) -> None:
    found = run(
        row("profiles_created_share", 97, qualifier="over"),
        row("connected_share", 25, qualifier="over"),
        row("profiles_open_share", 73.7),
        row(RATE, 24.7),
    )
    assert sorted(one.check for one in found) == ["partie-et-tout", "somme-de-parts"]


def test_a_finding_on_many_figures_is_not_lost_for_one_that_is_doubted_already(run: Run) -> None:
    without_base = [
        row(RATE, 30.1, territory=code, change=2.0) for code in ("DEP-24", "DEP-33", "DEP-40")
    ]
    found = run(*without_base, row(RATE, 31.6, territory="DEP-24", source="b"))
    assert sorted(one.check for one in found) == ["periodes", "valeurs-differentes"]
