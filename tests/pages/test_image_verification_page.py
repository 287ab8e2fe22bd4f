"""The page that checks an image: current, changed, unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from contexts import context_for_print
from visits import (
    ENGLISH,
    Edit,
    charts,
    dropped,
    opened,
    page_text,
)

from atlas.export.image import image
from atlas.figures.registry import figure_of, request_from_texts
from atlas.project import Project
from atlas.rendering.image_kinds.registry import IMAGE_KINDS
from pages import image_verification


def image_of(context, kind: str = "svg", **request: str) -> bytes:
    usual = {"drawing": "carte", "territory": "REG-75", "period": "2025-12"}
    asked = request_from_texts({"indicator": "activation_rate", **(request or usual)})
    return image(
        figure_of(context, asked),
        kind,
        context.shapes,
        context.settings.formats["170mm"],
        data=context.dataset.version,
    )


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_an_image_whose_figures_are_those_of_today_is_said_to_be_current(context, kind):
    visit = dropped(f"carte.{kind}", image_of(context, kind))
    assert [said.value for said in visit.success] == [
        "À jour : tous les chiffres de l’image sont encore ceux publiés (mêmes données)."
    ]
    assert "Taux d’activation, Nouvelle-Aquitaine, décembre 2025" in page_text(visit)
    assert len(charts(visit)) == 1 and not visit.exception


def test_an_image_of_invented_figures_is_checked_against_them_and_says_so(fictitious):
    visit = dropped("fictif.png", image_of(fictitious, "png"))
    assert len(visit.success) == 1 and "Données fictives" in page_text(visit)


@pytest.mark.parametrize(
    "name, content",
    [
        ("autre.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("texte.png", b"bonjour"),
        ("vide.pdf", b""),
    ],
)
def test_an_image_of_somebody_else_is_refused_by_its_name(name, content):
    visit = dropped(name, content)
    assert not visit.exception and not charts(visit)
    (refused,) = visit.error
    assert refused.value.startswith(f"{name} : ") and not ENGLISH.search(refused.value)


def test_an_image_whose_figure_has_changed_names_the_cell(context, edited_site: Path, edit: Edit):
    old = image_of(context)
    edit("data/2025.csv", "DEP-40,activation_rate,,2025,41.7", "DEP-40,activation_rate,,2025,42.9")
    visit = dropped("carte.svg", old)
    assert not visit.exception and not visit.success
    assert "À refaire" in visit.error[0].value
    assert "Landes" in page_text(visit) and "42,9 %" in page_text(visit)


def test_an_image_whose_figure_is_no_longer_made_says_why(context, edited_site: Path, edit: Edit):
    old = image_of(context, drawing="comparaison", comparison="taux-activation-fin-2025")
    edit("config.yaml", "  taux-activation-fin-2025:", "  taux-fin-2025:")
    visit = dropped("comparaison.svg", old)
    assert not visit.exception and not charts(visit)
    assert visit.error[0].value == (
        "Cette figure ne peut plus être faite : la comparaison "
        "« taux-activation-fin-2025 » n’existe pas."
    )


def test_an_image_is_current_when_something_else_has_changed(context, edited_site, edit):
    before = image_of(context, "svg")
    edit("data/2025.csv", ",30.6,", ",31.6,")
    (current,) = dropped("carte.svg", before).success
    assert current.value.startswith("À jour : ") and "données modifiées depuis" in current.value


def test_an_image_made_from_other_figures_is_to_be_made_again_and_each_is_named(edited_site, edit):
    edit("data/2025.csv", "DEP-40,activation_rate,,2025,41.7", "DEP-40,activation_rate,,2025,36.0")
    other = context_for_print(Project(edited_site))
    made = {f"carte.{kind}": image_of(other, kind) for kind in IMAGE_KINDS}
    edit("data/2025.csv", "DEP-40,activation_rate,,2025,36.0", "DEP-40,activation_rate,,2025,41.7")
    visit = opened("verifier")
    for name, content in made.items():
        visit.file_uploader[0].set_value((name, content, ""))
        visit = visit.run()
        assert not visit.exception and not visit.success
        assert [said.value for said in visit.error] == [
            "À refaire : 2 valeurs de l’image ont changé."
        ]
        rows = [
            [str(cell).replace("\u00a0", " ") for cell in row]
            for row in visit.table[0].value.itertuples(index=False)
        ]
        assert rows == [
            ["Landes", "Taux d’activation", "36 %", "41,7 %"],
            ["Landes", "Écart à la France", "+2,4 points", "+8,1 points"],
        ]


def test_one_value_that_has_changed_is_said_in_the_singular(context, edited_site, edit):
    before = image_of(
        context,
        "svg",
        drawing="comparaison",
        comparison="taux-activation-fin-2025",
    )
    edit(
        "data/2025.csv",
        "REG-94,activation_rate,,2025-12,30.6",
        "REG-94,activation_rate,,2025-12,31.6",
    )
    visit = dropped("comparaison.svg", before)
    assert [said.value for said in visit.error] == ["À refaire : 1 valeur de l’image a changé."]
    assert list(visit.table[0].value.columns) == ["Ligne", "Colonne", "Sur l’image", "Aujourd’hui"]


def test_a_drawing_called_a_picture_is_refused_and_the_next_image_is_checked(context):
    """An EPS started Ghostscript, which held a core after its visitor had left."""
    visit = dropped("photo.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")
    assert [said.value for said in visit.error] == [
        "photo.png : ce fichier n’est ni un PNG, ni un SVG, ni un PDF lisible."
    ]
    visit.file_uploader[0].set_value(("carte.svg", image_of(context, "svg"), ""))
    assert len(visit.run().success) == 1


def test_an_image_above_the_limit_of_the_page_is_refused_by_the_page_too(monkeypatch):
    """The browser keeps the limit, and whoever sends without one does not."""
    monkeypatch.setattr(image_verification, "MAX_IMAGE_MEGABYTES", 1)
    visit = opened("verifier")
    visit.file_uploader[0].set_value(("carte.png", bytes(1_100_000), ""))
    (refused,) = visit.run().error
    assert "dépasse 1\u00a0Mo" in refused.value
