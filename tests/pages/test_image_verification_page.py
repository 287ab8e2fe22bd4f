"""The page that checks an image: current, repainted, changed, unknown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from altered_images import repainted
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
from atlas.ui.session import context_of
from pages import image_verification


def as_read(text: object) -> str:
    """Without what keeps its characters from being read as Markdown."""
    return re.sub("[\\\\\u2060]", "", str(text))


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
    (said,) = visit.success
    assert as_read(said.value).startswith(
        "À jour : tous les chiffres de l’image sont encore ceux publiés (mêmes données), et "
        "l’image, redessinée à l’instant, est la même, "
    )
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
    assert as_read(refused.value).startswith(f"{name} : ") and not ENGLISH.search(refused.value)


def test_an_image_whose_figure_has_changed_names_the_cell(context, edited_site: Path, edit: Edit):
    old = image_of(context)
    edit("data/2025.csv", "DEP-40,activation_rate,,2025,41.7", "DEP-40,activation_rate,,2025,42.9")
    visit = dropped("carte.svg", old)
    assert not visit.exception and not visit.success
    assert "À refaire" in visit.error[0].value
    assert "Landes" in as_read(page_text(visit)) and "42,9 %" in as_read(page_text(visit))


def test_a_repainted_image_is_shown_with_a_frame_around_what_is_false(context):
    false = repainted(
        image_of(context, "png"), lambda picture: picture.paste("red", (40, 40, 90, 90))
    )
    visit = dropped("carte.png", false)
    assert not visit.exception and not visit.success
    (said,) = visit.error
    assert as_read(said.value).startswith("Image modifiée : ")
    assert tuple(map(as_read, visit.table[0].value.iloc[0]))[:2] == (
        "1",
        "en haut à gauche",
    )
    assert len(visit.get("image")) == 1


def test_an_svg_with_another_number_says_which_text_is_false(context):
    visit = dropped("carte.svg", image_of(context).replace(b">41,7<", b">47,1<"))
    assert "Image modifiée" in visit.error[0].value
    rows = {tuple(map(as_read, row)) for row in visit.table[0].value.to_numpy()}
    assert ("dessin", "47,1", "41,7") in rows


def test_an_image_is_drawn_again_once_for_all_the_clicks_of_a_visit(context, monkeypatch):
    visit = dropped("carte.svg", image_of(context))
    monkeypatch.setattr(
        "pages.image_verification.verify_image", lambda *_: pytest.fail("it was drawn again")
    )
    assert len(visit.run().success) == 1 and not visit.exception


def test_rows_that_a_visitor_uses_for_the_session_are_not_published(
    context, edited_site, edit, monkeypatch
):
    """Whoever brings a file may draw its figures, and not have them certified."""
    asked = []
    monkeypatch.setattr(
        "pages.image_verification.context_of",
        lambda **how: asked.append(how) or context_of(**how),
    )
    dropped("carte.svg", image_of(context))
    assert asked and not any(how["session"] for how in asked)


def test_an_image_whose_figure_is_no_longer_made_says_why(context, edited_site: Path, edit: Edit):
    old = image_of(context, drawing="comparaison", comparison="taux-activation-fin-2025")
    edit("config.yaml", "  taux-activation-fin-2025:", "  taux-fin-2025:")
    visit = dropped("comparaison.svg", old)
    assert not visit.exception and not charts(visit)
    assert as_read(visit.error[0].value).startswith(
        "Cette figure ne peut plus être faite : la comparaison "
        "« taux-activation-fin-2025 » n’existe pas. "
    )


def test_an_image_is_current_when_something_else_has_changed(context, edited_site, edit):
    before = image_of(context, "svg")
    edit("data/2025.csv", ",30.6,", ",31.6,")
    (current,) = dropped("carte.svg", before).success
    assert as_read(current.value).startswith("À jour : ")
    assert "données modifiées depuis" in as_read(current.value)


def test_an_image_made_from_other_figures_is_to_be_made_again_and_each_is_named(edited_site, edit):
    edit("data/2025.csv", "DEP-40,activation_rate,,2025,41.7", "DEP-40,activation_rate,,2025,36.0")
    other = context_for_print(Project(edited_site))
    made = {f"carte{kind.file_ending}": image_of(other, name) for name, kind in IMAGE_KINDS.items()}
    edit("data/2025.csv", "DEP-40,activation_rate,,2025,36.0", "DEP-40,activation_rate,,2025,41.7")
    visit = opened("verifier")
    for name, content in made.items():
        visit.file_uploader[0].set_value((name, content, ""))
        visit = visit.run()
        assert not visit.exception and not visit.success
        (said,) = visit.error
        assert as_read(said.value).startswith("À refaire : 2 valeurs de l’image ont changé. ")
        rows = [
            [as_read(cell).replace("\u00a0", " ") for cell in row]
            for row in visit.table[0].value.itertuples(index=False)
        ]
        assert rows == [
            ["Landes", "Taux d’activation", "36,0 %", "41,7 %"],
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
    (said,) = visit.error
    assert as_read(said.value).startswith("À refaire : 1 valeur de l’image a changé. ")
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
