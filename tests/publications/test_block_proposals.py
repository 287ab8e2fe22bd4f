"""What the data can fill: blocks proposed for a territory, the dossier that they make, and the
same dossier for others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shipped import SETTINGS

from atlas.figures.common.context import FigureContext
from atlas.publications.block_proposals import (
    MAX_KEY_FIGURES,
    UnknownInData,
    block_proposals,
    default_dossier,
)
from atlas.publications.dossier_template import fill_default, fill_template
from atlas.publications.draft_context import context_with_dossier
from atlas.publications.publication import Publication, dossier_publication
from atlas.settings import Dossier

SOME = ("FR", "REG-94", "REG-75", "REG-93", "DEP-2A", "DEP-40", "CPAM-401")
INVENTED = ("FR", "REG-53", "REG-06", "DEP-29", "CPAM-291")


def published(context: FigureContext, fields: dict[str, object]) -> Publication:
    shown = context_with_dossier(context, "essai", Dossier.model_validate(fields))
    return dossier_publication(shown, "essai")


def test_a_territory_without_figures_has_no_dossier_and_the_sentence_says_what_to_do(context):
    with pytest.raises(UnknownInData, match=r"en Bretagne : importez-en d’abord"):
        default_dossier(context, "REG-53")


@pytest.mark.parametrize("code", SOME)
def test_a_proposed_dossier_shows_all_that_it_asks_for(context, code):
    made = published(context, default_dossier(context, code))
    assert [section.absent for section in made.sections if section.absent] == []
    assert made.sections[0].cards and made.sections[-1].milestones


@pytest.mark.parametrize("code", INVENTED)
def test_so_does_one_of_a_territory_of_which_much_is_known(fictitious, code):
    fields = default_dossier(fictitious, code)
    made = published(fictitious, fields)
    assert [section.absent for section in made.sections if section.absent] == []
    assert len(fields["blocks"][0]["figures"]) <= MAX_KEY_FIGURES
    kinds = {block["kind"] for block in fields["blocks"]}
    assert {"key_figures", "comparison", "curve", "timeline"} <= kinds


def test_the_first_key_figure_is_the_rate_in_large(context):
    figures = default_dossier(context, "REG-94")["blocks"][0]["figures"]
    assert figures[0] == {"indicator": "activation_rate", "period": "2026-03", "size": "hero"}
    assert [figure.get("size") for figure in figures[1:]] == [None] * (len(figures) - 1)


def test_a_map_needs_three_shapes(context):
    corse = {proposal.label: proposal for proposal in block_proposals(context, "REG-94", "2026-03")}
    assert corse["Carte"].block == {}
    assert corse["Carte"].missing.startswith("moins de trois territoires ont un taux en Corse")
    aquitaine = block_proposals(context, "REG-75", "2025-12")
    (drawn,) = [proposal.block for proposal in aquitaine if proposal.label == "Carte"]
    assert drawn["level"] == "departements" and drawn["period"] == "2025-12"


def test_without_outlines_the_map_says_so(context):
    proposals = block_proposals(replace(context, shapes=None), "REG-75", "2025-12")
    (drawn,) = [proposal for proposal in proposals if proposal.label == "Carte"]
    assert (drawn.block, drawn.missing) == ({}, "aucun contour n’est lisible")


def test_a_comparison_is_proposed_when_two_territories_have_a_figure(context):
    for code in ("REG-94", "REG-04", "CPAM-401"):
        for block in default_dossier(context, code)["blocks"]:
            if block["kind"] == "comparison":
                made = published(context, {**default_dossier(context, code), "blocks": [block]})
                (section,) = made.sections
                assert section.figure is not None and len(section.figure.table) > 2


@pytest.mark.parametrize("template", ["", *SETTINGS.dossiers])
def test_a_template_shows_all_that_it_asks_for_in_every_region_that_has_figures(context, template):
    filled = []
    for code in context.territories.of_kind("REG"):
        one = (
            fill_template(context, SETTINGS.dossiers[template].model_dump(), code)
            if template
            else fill_default(context, code)
        )
        if not one.fields:
            assert one.lacks
            continue
        filled.append(code)
        made = published(context, one.fields)
        assert [section.absent for section in made.sections if section.absent] == [], code
        assert one.fields["territory"] == code
    assert filled == ["REG-04", "REG-44", "REG-75", "REG-93", "REG-94"]


def test_a_template_leaves_out_what_speaks_of_its_own_territory(context):
    source = SETTINGS.dossiers["nouvelle-aquitaine-2026"].model_dump(exclude_defaults=True)
    made = fill_template(context, source, "REG-94")
    text = str(made.fields)
    assert not any(word in text for word in ("Aquitaine", "Landes", "CPAM-", "DEP-", "Rist"))
    assert "Carte : Taux d’activation" in made.lacks
    assert made.fields["about"] == source["about"]


def test_a_template_of_its_own_territory_keeps_its_figures(context):
    source = SETTINGS.dossiers["nouvelle-aquitaine-2026"].model_dump(exclude_defaults=True)
    made = fill_template(context, source, "REG-75")
    assert made.lacks == ()
    assert [block["kind"] for block in made.fields["blocks"]] == [
        block["kind"] for block in source["blocks"]
    ]
