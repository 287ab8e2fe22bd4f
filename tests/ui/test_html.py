"""Each template of the ui: a text that looks like a script or a tag stays a text."""

from __future__ import annotations

from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError

from atlas.figures.common.figure import LegendEntry, legend_runs
from atlas.figures.common.silhouette import Silhouette
from atlas.problems import Problem
from atlas.ui import html
from atlas.ui.coverage_grid import STATE_SIGNS

HOSTILE = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> & l’île"
KEY_FIGURE = SimpleNamespace(label=HOSTILE, period=HOSTILE, large_value=None)
FACT = SimpleNamespace(
    label=HOSTILE,
    value=HOSTILE,
    absent=False,
    lines=(HOSTILE,),
    state=HOSTILE,
    source=HOSTILE,
    note=HOSTILE,
)
CELL = SimpleNamespace(text=HOSTILE, css_class="", share=None)
GRID = SimpleNamespace(
    labels=[HOSTILE],
    chosen=0,
    groups=[
        SimpleNamespace(
            title=HOSTILE,
            rows=[(HOSTILE, [SimpleNamespace(state="published", text=HOSTILE)])],
        )
    ],
)
# What each template that is given texts may be given; the others are given none.
TEMPLATES = {
    "badge.html": {"fictitious": True},
    "bar_table.html": {
        "title": HOSTILE,
        "colour": "#2f47b0",
        "headings": [CELL],
        "rows": [[SimpleNamespace(text=HOSTILE, css_class="nom", share=None), CELL]],
    },
    "error_page.html": {"reference": HOSTILE},
    "contents.html": {"sections": [(HOSTILE, "sources")]},
    "coverage_grid.html": {
        "grid": GRID,
        "style": SimpleNamespace(primary="#2f47b0", paper="#ffffff"),
        "signs": STATE_SIGNS,
        "key": [("published", HOSTILE)],
    },
    "coverage_missing.html": {"missing": [(HOSTILE, HOSTILE)]},
    "coverage_overview.html": {"columns": [HOSTILE], "rows": [(HOSTILE, HOSTILE)]},
    "facts.html": {
        "facts": [FACT],
        "letter": lambda source: "a",
        "is_long": lambda value: True,
    },
    "figure_head.html": {
        "fictitious": True,
        "title": HOSTILE,
        "subtitle": HOSTILE,
        "description": HOSTILE,
        "legend": legend_runs(
            (
                LegendEntry(HOSTILE, "#2f47b0", count=3, edges=(HOSTILE, HOSTILE)),
                LegendEntry(HOSTILE, "#2f47b0", hatched=True, count=3),
            )
        ),
        "legend_title": HOSTILE,
        "level": 2,
        "subject": HOSTILE,
        "descriptions": [(HOSTILE, HOSTILE)],
    },
    "page_subject.html": {"subject": HOSTILE},
    "findings.html": {"columns": [HOSTILE, HOSTILE], "rows": [(HOSTILE, HOSTILE)]},
    "cover.html": {"finding": HOSTILE},
    "current_door.html": {"address": HOSTILE, "colour": "#2f47b0", "ink": "#ffffff"},
    "dossier_cards.html": {
        "cards": [
            SimpleNamespace(
                address="dossier-corse-2026",
                place=HOSTILE,
                figure=KEY_FIGURE,
                silhouette=Silhouette("M0 0L1 1Z", 1.0),
            )
        ],
        "split_amount": lambda value: (HOSTILE, HOSTILE, HOSTILE),
    },
    "dossier_cover.html": {"place": HOSTILE, "introduction": HOSTILE},
    "silhouette.html": {"trace": "data:image/svg+xml;base64,"},
    "quotes.html": {"quotes": [SimpleNamespace(text=HOSTILE, author=HOSTILE, role=HOSTILE)]},
    "origin.html": {"closing": HOSTILE},
    "notes.html": {"notes": [(HOSTILE, HOSTILE)], "behind": [(HOSTILE, HOSTILE)]},
    "presentation_message.html": {"sentence": HOSTILE},
    "problems.html": {
        "problems": [Problem(HOSTILE, HOSTILE, HOSTILE, line=3, where=HOSTILE, value=HOSTILE)],
        "message_heading": HOSTILE,
    },
    "remarks.html": {"sentences": [HOSTILE]},
    "missing_blocks.html": {"blocks": [(HOSTILE, HOSTILE)]},
    "draft_review.html": {"remarks": [(HOSTILE, HOSTILE, HOSTILE)]},
    "filled_templates.html": {"rows": [(HOSTILE, 3, (HOSTILE, HOSTILE))]},
    "thumbnail.html": {"drawing": "", "alt": "", "words": HOSTILE},
    "timeline.html": {"milestones": [SimpleNamespace(year=2022, title=HOSTILE, points=[HOSTILE])]},
}
WITHOUT_TEXTS = {
    "draft_image.html",  # but for the alternative of its picture
    "file_button.html",
    "keys.html",
    "less_motion.html",
    "page_semantics.html",
    "presentation.html",
    "presentation_wait.html",
    "view_links.html",
}

# Of no text, of a style and of an address that show none.
NO_TEXT_IS_SHOWN = ("badge.html", "current_door.html", "page_subject.html", "silhouette.html")


class Tags(HTMLParser):
    """The tags of a piece of HTML with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_template_is_in_one_of_the_two_lists():
    files = {file.name for file in (html.FOLDER / "templates").glob("*.html")}
    assert files == {*TEMPLATES, *WITHOUT_TEXTS}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_hostile_text_stays_a_text(name):
    page = Tags(html.render(name, **TEMPLATES[name]))
    assert not {"script", "img"} & set(page.names)
    assert not {"onerror", "src"} & page.attributes
    if name not in NO_TEXT_IS_SHOWN:
        assert "<script>alert(1)</script>" in page.text


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_value_that_is_forgotten_is_an_error_and_not_a_hole(name):
    with pytest.raises(UndefinedError):
        html.render(name)


def test_punctuation_keeps_to_its_word():
    assert "fin\u00a0: oui\u00a0!" in html.render("remarks.html", sentences=["fin : oui !"])


def test_the_style_sheet_holds_every_file_and_nothing_that_closes_it():
    sheet = html.style_sheet()
    for file in (html.FOLDER / "styles").glob("*.css"):
        assert file.read_text("utf-8") in sheet
    assert sheet.count("</style>") == 1
