"""The web version of a publication: one file, read as text, then opened by a Chromium offline."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browsing import open_page
from fontTools.ttLib import TTFont
from made_once import context_of, publication_of
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from atlas.export.image import ExportError, image
from atlas.export.page_layout import Options
from atlas.export.web import resources, web_page
from atlas.figures.common.figure import Figure
from atlas.figures.map.request import RankingRequest
from atlas.figures.registry import figure_of
from atlas.french import table_texts
from atlas.project import Project
from atlas.publications.publication import PressTexts, Publication, Section
from atlas.settings import Contact, Format, Quote
from atlas.values import Table, name_column

LOGO = Path(__file__).parents[3] / "templates/logo.svg"
DATE = dt.date(2026, 2, 6)
EMBARGO = "Sous embargo jusqu’au 6 février 2026 à 8 h"
DOSSIERS = [
    "corse-2026",
    "grand-est-2024",
    "nouvelle-aquitaine-2026",
    "provence-alpes-cote-d-azur-2025",
    "la-reunion-2026",
]
PAGES = [*DOSSIERS, "territoire", "fictif"]
NB = "\u00a0"
SVG_ADDRESS = "data:image/svg+xml;base64,"
every_page = pytest.mark.parametrize("name", PAGES)
in_a_browser = pytest.mark.browser


class Library:
    """Publications and their pages, each made once."""

    def __init__(self, project: Project) -> None:
        self.project, self.shapes, self.brand = project, project.shapes(), project.settings.brand
        self._asked: dict[tuple[str, str], tuple[Figure, Format]] = {}
        self.drawing = cache(self._drawing)
        self.contexts = {demo: context_of(project, demo=demo) for demo in (False, True)}
        self.publication = cache(self._publication)
        self.page = cache(lambda name: self.make_page(self.publication(name)))

    def _publication(self, name: str) -> Publication:
        if name == "territoire":
            return publication_of(self.project, "REG-75 2025-12")
        return publication_of(self.project, "fictif FR 2025-12" if name == "fictif" else name)

    def _drawing(self, key: str, size_label: str) -> bytes:
        figure, size = self._asked[key, size_label]
        bare = Options(title=False, caption=False)
        return image(figure, "svg", self.shapes, size, options=bare)

    def draw(self, figure: Figure, size: Format) -> bytes:
        """Each figure once at each size, whatever the texts around it."""
        key = f"{figure.file_stem} {figure.digest} {figure.height}"
        self._asked.setdefault((key, size.label), (figure, size))
        return self.drawing(key, size.label)

    def make_page(self, publication: Publication, **options: Any) -> bytes:
        chosen = {
            "brand": self.brand,
            "drawing": self.draw,
            "logo": LOGO.read_bytes(),
            "embargo": "",
            "date": DATE,
            **options,
        }
        return web_page(publication, **chosen)


@pytest.fixture(scope="module")
def library(project: Project) -> Library:
    return Library(project)


class Read(HTMLParser):
    """What a page says (words), its tags with their attributes, its scripts and its styles."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[tuple[dict[str, str], str]] = []
        self.style = self.words = ""
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "script":
            self.scripts.append((self.tags[-1][1], ""))

    def handle_data(self, data: str) -> None:
        inside = self.tags[-1][0] if self.tags else ""
        if inside == "script" and self.cdata_elem:
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
        elif inside == "style" and self.cdata_elem:
            self.style += data
        else:
            self.words += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attrs
            for found, attrs in self.tags
            if found == tag
            and all(attrs.get(name.rstrip("_")) == value for name, value in wanted.items())
        ]

    @property
    def drawings(self) -> list[tuple[dict[str, str], list[str]]]:
        """The attributes of the picture of each figure, and the words of its two drawings."""
        wide = [attrs for attrs in self.all("img") if "decoding" in attrs]
        return [
            (attrs, [words_of(attrs["src"]), words_of(source["srcset"])])
            for attrs, source in zip(wide, self.all("source"), strict=True)
        ]


def words_of(address: str) -> str:
    """The texts of a drawing at its address."""
    drawn = base64.b64decode(address.removeprefix(SVG_ADDRESS))
    return plain(" ".join("".join(part.itertext()) for part in ET.fromstring(drawn)))


def plain(text: str) -> str:
    """Which space keeps punctuation to its word is not the matter here."""
    return text.replace(NB, " ")


def read(library: Library, name: str) -> Read:
    return Read(library.page(name))


# --- what the page says --------------------------------------------------------------------------


@every_page
def test_a_page_is_in_french_and_opens_with_its_title_place_and_period(library, name):
    page, publication = read(library, name), library.publication(name)
    assert page.all("html") == [{"lang": "fr"}] and page.all("meta")[0] == {"charset": "utf-8"}
    for text in (
        publication.title,
        publication.introduction,
        f"{publication.place} · {publication.period}",
    ):
        assert plain(text) in plain(page.words)
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert page.all("img")[0]["alt"] == library.brand.name


@every_page
def test_every_link_of_the_table_of_contents_leads_to_a_section(library, name):
    page = read(library, name)
    anchors = [attrs["href"][1:] for attrs in page.all("a") if attrs["href"].startswith("#")]
    assert len(anchors) > 3 and set(anchors) <= {attrs.get("id") for _, attrs in page.tags}


@every_page
def test_every_key_figure_is_printed_with_its_period_and_its_source(library, name):
    page, publication = read(library, name), library.publication(name)
    cards = [card for section in publication.sections for card in section.cards]
    shown = len(cards) + (publication.main_figure is not None)
    assert (
        len(page.all("article", class_="chiffre"))
        + len(page.all("article", class_="chiffre heros"))
        == shown
    )
    words = plain(page.words)
    sources = {plain(attrs["title"]) for attrs in page.all("sup") if "title" in attrs}
    for card in cards:
        assert f"Source : {plain(card.source)}" in sources
        for text in (
            f"{card.place}, {card.period}",
            card.nation_line,
            card.source,  # in the list that letters call
            card.note,
            card.derived,
            *card.others,
        ):
            assert plain(text) in words


@every_page
def test_the_cover_shows_the_main_figure_and_the_silhouette_of_the_territory(library, name):
    page, publication = library.page(name).decode(), library.publication(name)
    cover = page[page.index("<header>") : page.index("</header>")]
    assert publication.main_figure is not None and cover.count('class="chiffre heros"') == 1
    assert publication.silhouette is not None
    assert f'<path d="{publication.silhouette.path}"/>' in cover


def test_a_page_says_who_speaks_and_whom_to_ask(library):
    publication, said = library.publication("grand-est-2024"), HOSTILE
    alone = Read(library.make_page(publication))
    assert not alone.all("section", id="contacts") and not alone.all("blockquote")
    press = PressTexts(
        "REG-44",
        quotes=(Quote(text="Un progrès", author="Jeanne Martin", role=said),),
        contacts=(Contact(organisation="ARS", name=said, email="presse@ars.example"),),
    )
    page = Read(library.make_page(replace(publication, press=press)))
    words = plain(page.words)
    assert "« Un progrès »" in words and f"Jeanne Martin, {said}" in words
    assert f"ARS, {said}, presse@ars.example" in words
    assert [attrs["href"] for attrs in page.all("a")].count("#contacts") == 1


def test_what_other_sources_print_is_one_click_away(library):
    page, publication = read(library, "corse-2026"), library.publication("corse-2026")
    many = [
        len(card.others)
        for section in publication.sections
        for card in section.cards
        if card.others
    ]
    assert many and all(f"Autres valeurs publiées ({size})" in plain(page.words) for size in many)
    assert "chiffre incertain" in plain(page.words)


@pytest.mark.parametrize("name", [name for name in PAGES if name != "grand-est-2024"])
def test_every_figure_has_its_alt_text_its_legend_and_each_line_of_its_caption(library, name):
    page, figures = read(library, name), library.publication(name).figures
    assert [plain(attrs["alt"]) for attrs, _ in page.drawings] == [
        plain(figure.alt) for figure in figures
    ]
    assert len(page.all("picture")) == len(figures) > 0
    for figure, (_, drawn) in zip(figures, page.drawings, strict=True):
        printed = [line for paragraph in figure.printed_caption for line in paragraph]
        for text in (
            figure.title,
            figure.subtitle,
            *(f"{line} : {text}" for line, text in [*printed, *figure.caption]),
        ):
            assert plain(text) in plain(page.words)
        for words in drawn:
            assert plain(figure.legend_title) in words
            for entry in figure.legend:
                assert all(plain(word) in words for word in entry.printed_words)


def test_the_rest_of_a_caption_is_folded_under_its_three_lines(library):
    page, figures = library.page("corse-2026").decode(), library.publication("corse-2026").figures
    (long, *_) = [figure for figure in figures if figure.caption_behind]
    folded = page[page.index("Notes et sources complètes") :].partition("</details>")[0]
    (_, text), *_ = long.caption_behind
    assert plain(text) in plain(folded)


@every_page
def test_every_table_is_a_table_with_a_caption_and_scopes(library, name):
    page, publication = read(library, name), library.publication(name)
    frames = [
        table_texts(table)
        for section in publication.sections
        for table in (section.table, section.figure and section.figure.table)
        if table is not None
    ]
    assert len(page.all("table")) == len(page.all("caption")) == len(frames)
    assert len(page.all("th", scope="col")) == sum(len(frame.columns) for frame in frames)
    assert len(page.all("th", scope="row")) == sum(len(frame) for frame in frames)
    assert len(page.all("button", hidden="")) == len(frames)
    for frame in frames:
        for cell in [*frame.columns, *frame.to_numpy().ravel()]:
            assert plain(cell) in plain(page.words)


def test_the_name_heads_its_row_where_the_first_column_is_a_rank(library):
    page = library.page("nouvelle-aquitaine-2026").decode()
    assert '<td data-nombre="1" class="rang">1ᵉʳ</td>\n<th scope="row">Landes</th>' in page


def test_the_milestones_of_each_year_are_listed(library):
    page, publication = read(library, "la-reunion-2026"), library.publication("la-reunion-2026")
    (found,) = [section.milestones for section in publication.sections if section.milestones]
    assert len(page.all("span", class_="an")) == len(found) > 3
    for milestone in found:
        for text in (str(milestone.year), milestone.title, *milestone.points):
            assert plain(text) in plain(page.words)


@every_page
def test_sources_definitions_date_and_version_close_the_page(library, name):
    page, publication = read(library, name), library.publication(name)
    words = plain(page.words)
    for row in publication.sources.rows():
        for text in (
            row["title"],
            row["publisher"],
            row["published"],
            row["licence"].lower(),
            row["address"],
        ):
            assert plain(text) in words
    for row in publication.definitions.rows():
        assert all(plain(text) in words for text in row.values())
    assert "édition du 6 février 2026" in words and publication.version in words


def test_an_edition_of_the_first_of_a_month_is_dated_as_in_french(library):
    page = library.make_page(library.publication("grand-est-2024"), date=dt.date(2026, 3, 1))
    assert "édition du 1ᵉʳ mars 2026" in plain(Read(page).words)


def test_figures_that_the_data_do_not_have_are_named(library):
    sections = (Section(title="Usages", absent=("Taux d’activation", "Profils activés")),)
    page = library.make_page(replace(library.publication("grand-est-2024"), sections=sections))
    assert plain("Chiffres absents des données : Taux d’activation, Profils activés.") in plain(
        Read(page).words
    )


def test_a_text_is_cut_into_its_paragraphs(library):
    sections = (Section(title="Contexte", text="Un premier point.\n\nUn second : fin."),)
    page = library.make_page(replace(library.publication("grand-est-2024"), sections=sections))
    assert f"<p>Un premier point.</p>\n<p>Un second{NB}: fin.</p>" in page.decode()


# --- warnings ------------------------------------------------------------------------------------


def test_what_is_fictitious_says_so_on_screen_on_paper_in_its_title_and_in_its_files(library):
    page = read(library, "fictif")
    assert len(page.all("p", class_="bandeau fictives")) == 1
    assert len(page.all("div", class_="ruban fictives")) == 1
    assert len(page.all("p", class_="fictif")) == len(page.all("table"))
    assert all(words.count("Données fictives") > 1 for _, drawn in page.drawings for words in drawn)
    assert "Données fictives : Mon espace santé" in plain(page.words)
    buttons = page.all("button")
    assert buttons and all(
        button["data-fichier"].startswith("fictif_") and button["data-nature"] == "Données fictives"
        for button in buttons
    )


@pytest.mark.parametrize("name", [name for name in PAGES if name != "fictif"])
def test_published_figures_are_not_called_fictitious_nor_under_embargo(library, name):
    page = read(library, name)
    assert "fictives" not in page.words and "embargo" not in page.words
    assert not any("fictives" in words for _, drawn in page.drawings for words in drawn)
    assert not page.all("meta", name="robots")
    assert not any("data-nature" in button for button in page.all("button"))


def test_an_embargo_stands_at_the_top_and_along_the_paper(library):
    page = Read(library.make_page(library.publication("grand-est-2024"), embargo=EMBARGO))
    assert page.words.count(EMBARGO) == 2
    assert page.all("meta", name="robots", content="noindex")
    assert len(page.all("p", class_="bandeau embargo")) == 1


# --- one file ------------------------------------------------------------------------------------


@every_page
def test_a_page_holds_all_that_it_needs(library, name):
    page = read(library, name)
    for tag, attrs in page.tags:
        for attribute in {"src", "href", "srcset", "data", "poster", "action"} & set(attrs):
            if tag != "a":
                assert attrs[attribute].startswith("data:"), (tag, attrs)
    addresses = re.findall(r"url\(([^)]{5})", page.style)
    assert set(addresses) == {"data:"} and "@import" not in page.style
    assert not page.all("iframe") and not page.all("object") and not page.all("base")


@every_page
def test_only_the_scripts_of_the_page_may_run_and_nothing_may_be_fetched(library, name):
    page = read(library, name)
    (policy,) = [
        meta["content"]
        for meta in page.all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    ((attributes, script),) = page.scripts
    made = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert rules["script-src"] == f"'sha256-{made}'" and not attributes
    assert rules["default-src"] == rules["connect-src"] == "'none'"
    assert rules["img-src"] == rules["font-src"] == "data:"


@every_page
def test_a_page_weighs_less_than_a_megabyte_and_a_half(library, name):
    assert len(library.page(name)) < 1_500_000


@pytest.mark.parametrize("name", ["corse-2026", "fictif"])
def test_a_link_to_a_page_shows_its_title_and_its_introduction(library, name):
    page, publication = read(library, name), library.publication(name)
    told = {attrs.get("property", attrs.get("name", "")): attrs for attrs in page.all("meta")}
    warning = "Données fictives : " if publication.fictitious else ""
    for place in ("og", "twitter"):
        assert plain(told[f"{place}:title"]["content"]) == f"{warning}{plain(publication.title)}"
        assert plain(told[f"{place}:description"]["content"]) == (
            f"{warning}{plain(publication.introduction)}"
        )
    assert told["og:type"]["content"] == "article" and told["og:locale"]["content"] == "fr_FR"
    assert plain(told["og:site_name"]["content"]) == plain(library.brand.title)
    assert not [key for key in told if key.endswith(":image")]


HOSTILE = """Taux < 30 & > 20 </script><script>alert("1")</script> « '"><img src=x> »"""


def test_a_hostile_text_stays_a_text(library):
    publication = library.publication("corse-2026")
    hostile = Table((name_column("hostile", HOSTILE, [HOSTILE]),))
    calm = publication.figures[0]
    figure = replace(
        calm,
        title=HOSTILE,
        alt=HOSTILE,
        note=HOSTILE,
        table=hostile,
    )
    card = replace(publication.sections[0].cards[0], label=HOSTILE, others=(HOSTILE,))
    milestone = library.project.milestones[0].model_copy(
        update={"title": HOSTILE, "points": [HOSTILE]}
    )
    sections = (
        Section(title=HOSTILE, text=HOSTILE, cards=(card,)),
        Section(figure=figure),
        Section(table=hostile, table_source=HOSTILE),
        Section(milestones=(milestone,), absent=(HOSTILE,)),
    )
    page = Read(
        library.make_page(
            replace(publication, sections=sections, title=HOSTILE, introduction=HOSTILE),
            embargo=HOSTILE,
            drawing=lambda _, size: library.draw(calm, size),
        )
    )
    assert len(page.scripts) == 1 and len(page.all("img")) == 2
    assert plain(page.words).count(HOSTILE) >= 19
    assert plain(page.all("img")[1]["alt"]) == HOSTILE


@pytest.mark.parametrize(
    "logo, kind", [(b"<svg/>", "image/svg+xml"), (b"\x89PNG\r\n\x1a\n", "image/png")]
)
def test_the_logo_is_inside_the_page(library, logo, kind):
    page = Read(library.make_page(library.publication("grand-est-2024"), logo=logo))
    (picture,) = page.all("img")
    assert picture["src"] == f"data:{kind};base64,{base64.b64encode(logo).decode()}"


def test_a_page_may_go_without_a_logo(library):
    assert not Read(library.make_page(library.publication("grand-est-2024"), logo=None)).all("img")


def test_the_embedded_letters_write_french_and_keep_their_licence(library):
    style = read(library, "grand-est-2024").style
    fonts = re.findall(r":(\w+);src:url\(data:font/woff2;base64,([^)]+)", style)
    assert [face for face, _ in fonts] == ["400", "600", "700", "italic"]
    for _, encoded in fonts:
        font = TTFont(io.BytesIO(base64.b64decode(encoded)))
        assert {ord(sign) for sign in "aZéÀœŒçÿ«»’–—…†€×−0\u202f\u00a0"} <= set(font.getBestCmap())
        names = {record.nameID: str(record) for record in font["name"].names}
        assert "Adobe" in names[0] and "Open Font License" in names[13]
        assert not {1, 4, 6} & set(names)


def test_a_page_holds_the_licences_of_its_letters_and_of_its_icons(library):
    licences = (Path(resources.__file__).parent / "licences.txt").read_text("utf-8")
    assert licences in library.page("grand-est-2024").decode()
    for name in ("Adobe", "Open Font", "Resolve to Save Lives", "MIT License"):
        assert name in licences


def test_a_figure_that_cannot_be_drawn_is_an_error_of_the_page(library):
    def refuse(figure: Figure, size: Format) -> bytes:
        raise ExportError(f"« {figure.title} » n’a pas pu être dessinée")

    with pytest.raises(ExportError, match="n’a pas pu être dessinée"):
        library.make_page(library.publication("corse-2026"), drawing=refuse)


def of_figure(library: Library, figure: Figure) -> Publication:
    return replace(library.publication("grand-est-2024"), sections=(Section(figure=figure),))


# --- in a browser --------------------------------------------------------------------------------


class Reader:
    """Opens pages from the disk, without a network, and keeps what they ask for and complain of."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self._folder = page, folder
        self.requested: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requested.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, content: bytes) -> Page:
        file = self._folder / "page.html"
        file.write_bytes(content)
        self.page.goto(file.as_uri())
        return self.page


@pytest.fixture
def reader(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Reader]:
    options = {
        "viewport": {"width": 390, "height": 844},
        "offline": True,
        "locale": "fr-FR",
        "color_scheme": "dark",
        **getattr(request, "param", {}),
    }
    page = open_page(browser, **options)
    yield Reader(page, tmp_path)
    page.close()


def chosen_widths(page: Page) -> list[int]:
    """The natural width of the drawing that the browser took for each figure, 0 for none."""
    return page.locator("picture img").evaluate_all(
        "all => Promise.all(all.map(one => one.decode().then(() => one.naturalWidth)))"
    )


@in_a_browser
@every_page
def test_every_figure_is_whole_on_a_phone_without_a_network(library, reader, name):
    page = reader.open(library.page(name))
    assert chosen_widths(page) == [360] * len(library.publication(name).figures)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert [url.partition(":")[0] for url in reader.requested if not url.startswith("data:")] == [
        "file"
    ]
    assert reader.complaints == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@in_a_browser
@pytest.mark.parametrize("reader", [{"viewport": {"width": 1440, "height": 900}}], indirect=True)
def test_two_figures_stand_side_by_side_on_a_wide_screen_and_are_read_at_their_size(
    library, reader
):
    page = reader.open(library.page("la-reunion-2026"))
    assert chosen_widths(page) == [740, 360, 360]
    boxes = [page.locator("picture img").nth(place).bounding_box() for place in range(3)]
    assert boxes[1]["x"] + boxes[1]["width"] <= boxes[2]["x"] + 30  # their blank margins may meet
    assert abs(boxes[1]["y"] - boxes[2]["y"]) < 80
    for natural, box in zip([740, 360, 360], boxes, strict=True):
        assert 0.95 < box["width"] / natural < 1.3
    page.set_viewport_size({"width": 900, "height": 900})
    expect(page.locator("picture img").nth(1)).to_have_js_property("naturalWidth", 740)
    assert chosen_widths(page) == [740, 740, 740]


@in_a_browser
def test_letters_of_a_drawing_are_those_of_the_page(library, reader):
    """A drawing is a file of its own: it does not see the fonts of the page."""
    styles = [
        base64.b64decode(source["srcset"].removeprefix(SVG_ADDRESS))
        for source in read(library, "corse-2026").all("source")
    ]
    assert styles and all(
        b"@font-face" in drawn and b"Source Sans Pro" in drawn for drawn in styles
    )


@in_a_browser
def test_a_table_unfolds_scrolls_in_its_box_and_downloads_for_a_french_spreadsheet(library, reader):
    page = reader.open(library.page("nouvelle-aquitaine-2026"))
    fold = page.locator(".valeurs > details").first
    expect(fold.locator("table")).to_be_hidden()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold.locator("table")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert fold.locator(".defile").evaluate("box => box.scrollWidth > box.clientWidth")
    with page.expect_download() as waited:
        fold.get_by_role("button", name="Télécharger les valeurs (CSV)").click()
    content = Path(waited.value.path()).read_bytes()
    assert waited.value.suggested_filename == (
        "nouvelle-aquitaine_2025-12_taux-activation_carte.csv"
    )
    assert content.startswith(b"\xef\xbb\xbfRang;Rang (nombre);D\xc3\xa9partement;")
    rows = [line.split(";") for line in content.decode("utf-8-sig").split("\r\n")]
    assert len(rows) == 14 and rows[-1] == [""]
    assert rows[1][:8] == [
        "1ᵉʳ",
        "1",
        "Landes",
        f"41,7{NB}%",
        "41,7",
        f"+3,0{NB}points (base non précisée)",
        "3",
        f"+8,1{NB}points",
    ]


@in_a_browser
def test_a_csv_file_runs_no_formula_and_says_what_is_fictitious(library, reader):
    names = ["=1+1", "+2+cmd|calc", 'a;"b"', "-3,2 points", "@SUM(A1)", "＝1+1", "＠A1"]
    table = Table((name_column("name", "@Nom", names),))
    figure = replace(library.publication("corse-2026").figures[1], table=table, fictitious=True)
    calm = library.publication("corse-2026").figures[1]
    page = reader.open(
        library.make_page(
            of_figure(library, figure), drawing=lambda _, size: library.draw(calm, size)
        )
    )
    page.locator(".valeurs summary").click()
    with page.expect_download() as waited:
        page.get_by_role("button").click()
    assert Path(waited.value.path()).read_text("utf-8-sig").splitlines() == [
        "'@Nom;Nature",
        "'=1+1;Données fictives",
        "'+2+cmd|calc;Données fictives",
        '"a;""b""";Données fictives',
        "-3,2 points;Données fictives",
        "'@SUM(A1);Données fictives",
        "'＝1+1;Données fictives",
        "'＠A1;Données fictives",
    ]


@in_a_browser
def test_paper_unfolds_everything_and_leaves_the_buttons_out(library, reader):
    page = reader.open(library.page("corse-2026"))
    folded = page.locator("details > :not(summary)")
    assert folded.count() > 3
    assert not any(folded.evaluate_all("all => all.map(part => part.checkVisibility())"))
    page.emulate_media(media="print")
    shown = page.locator("details > :not(summary):not(button)")
    assert all(
        shown.evaluate_all("""all => all.map(part => part.checkVisibility(
        {contentVisibilityAuto: true}) && part.getBoundingClientRect().height > 0)""")
    )
    assert page.locator("button:visible").count() == 0


@in_a_browser
def test_every_printed_page_of_fictitious_figures_says_so(library, reader):
    page = reader.open(library.make_page(library.publication("fictif"), embargo=EMBARGO))
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) > 5
    for sheet in paper.pages:
        assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [210, 297]
        words = " ".join(sheet.extract_text().split())
        assert "Données fictives" in words and "Sous embargo" in words
    assert page.locator("details[open]").count() == 0  # folded again after the print


@in_a_browser
def test_a_table_is_printed_once_for_two_drawings_of_the_same_values(library, reader):
    page = reader.open(library.page("fictif"))
    page.emulate_media(media="print")
    expect(page.locator("th", has_text="Guadeloupe").locator("visible=true")).to_have_count(1)
    expect(
        page.get_by_text("Valeurs : voir le tableau de").locator("visible=true")
    ).to_contain_text("(carte)")


@in_a_browser
def test_a_chart_higher_than_a_printed_page_gives_way_to_its_table(library, reader):
    choice = RankingRequest(indicator="activation_rate", period="2025-12", extent="all")
    page = reader.open(
        library.make_page(of_figure(library, figure_of(library.contexts[True], choice)))
    )
    page.emulate_media(media="print")
    expect(
        page.get_by_text("Graphique trop haut pour une page imprimée.").locator("visible=true")
    ).to_have_count(1)


@in_a_browser
@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_page_is_whole(library, reader):
    page = reader.open(library.page("nouvelle-aquitaine-2026"))
    pictures = page.locator("picture img")
    expect(pictures).to_have_count(2)
    for place in range(2):
        expect(pictures.nth(place)).to_have_js_property("complete", True)
        expect(pictures.nth(place)).to_have_js_property("naturalWidth", 360)
    assert page.locator("button:visible").count() == 0
    folds = page.locator(".valeurs summary")
    for place in range(folds.count()):
        folds.nth(place).click()
    assert page.locator("table").count() == 3 == page.locator("table:visible").count()


@in_a_browser
def test_a_printed_figure_is_never_cut_and_sheets_are_numbered(library, reader):
    page = reader.open(library.page("nouvelle-aquitaine-2026"))
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [plain(" ".join(sheet.extract_text().split())) for sheet in paper.pages]
    for number, text in enumerate(texts, 1):
        assert f"{number} / {len(texts)}" in text
    # A drawing, its title and its caption on one sheet.
    (sheet,) = [text for text in texts if text.count("Lecture :") == 2]
    figures = library.publication("nouvelle-aquitaine-2026").figures
    assert all(plain(figure.title) in sheet for figure in figures)
    assert all(name in sheet for name in ("Deux-Sèvres", "Guéret", "32,2 %"))


@in_a_browser
def test_the_keyboard_goes_first_to_the_contents_and_sees_where_it_is(library, reader):
    page = reader.open(library.page("corse-2026"))
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Aller au contenu")
    expect(focused).to_be_in_viewport()
    assert focused.evaluate("link => getComputedStyle(link).outlineWidth") == "3px"
