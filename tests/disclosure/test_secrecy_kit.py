"""A whole press kit of a region with secrets: nothing in it tells them, nor lets them be found."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from contexts import context_for_print
from PIL import Image
from pypdf import PdfReader
from secrecy_cases import BRETAGNE, CORRIDORS, crossed, interval, sums

from atlas.export.kit import KitChoice, build_kit
from atlas.export.render_pool import RenderPool
from atlas.figures.common.context import FigureContext
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import figure_of
from atlas.observations.checks import COLUMNS
from atlas.project import Project
from atlas.publications.publication import dossier_publication

DAY = dt.date(2026, 7, 1)
# Counts that nothing else in a kit is likely to print, so that finding one is finding its cell.
COUNTS = {
    (place, corridor): 11_017 + 4_391 * i + 7_919 * j
    for i, place in enumerate(BRETAGNE)
    for j, corridor in enumerate(CORRIDORS)
}
COUNTS |= {("DEP-22", "hopital"): 4_813, ("DEP-56", "esms"): 3_767}
CELLS = crossed(COUNTS)
SECRET = {("DEP-22", "hopital"), ("DEP-56", "esms")}
MINIMUM = 5_000
PROFILES = {"DEP-22": 4_271, "DEP-29": 271_891, "DEP-35": 282_903, "DEP-56": 293_927}
RATES = {"DEP-22": 63.9, "DEP-29": 41.3, "DEP-35": 42.6, "DEP-56": 43.8}
RULES = f"""secrecy:
  structures_feeding: {{minimum: {MINIMUM}}}
  activated_profiles: {{minimum: {MINIMUM}}}
  activation_rate: {{units: activated_profiles, minimum: {MINIMUM}}}
"""
DOSSIER = """
  bretagne-secrete:
    nav: "Bretagne"
    title: "La Bretagne et ses secrets"
    territory: REG-53
    period: "2030"
    source: egora-202601
    introduction: "Des chiffres inventés pour un test."
    blocks:
      - kind: key_figures
        figures:
          - {indicator: structures_feeding, territory: DEP-22, corridor: hopital}
          - {indicator: structures_feeding, territory: DEP-29, corridor: hopital}
          - {indicator: activation_rate, territory: DEP-22}
      - {kind: map, title: "La carte de la Bretagne"}
      - {kind: corridors, indicator: structures_feeding}
      - {kind: corridor_table, title: "La région", indicators: [structures_feeding]}
      - {kind: territory_table, level: departements, title: "Totaux",
         indicator: structures_feeding}
      - {kind: territory_table, title: "Taux", level: departements}
      - {kind: territory_table, level: departements, title: "Profils",
         indicator: activated_profiles}
      - kind: comparison
        territories: [REG-53, DEP-22, DEP-29, DEP-35, DEP-56]
        indicator: structures_feeding
        layout: corridors
      - kind: comparison
        territories: [REG-53, DEP-22, DEP-29, DEP-35, DEP-56]
        indicator: activation_rate
        layout: table
"""


def rows() -> Iterator[str]:
    """The lines of data/2030.csv, with notes and growths that would give the secrets away."""
    for (place, corridor), count in CELLS.items():
        told = (place, corridor) in SECRET
        yield (
            f"{place},structures_feeding,{corridor},2030,{count},,{'12.7' if told else ''},"
            f"{'2029' if told else ''},egora-202601,,{f'{count} en tout' if told else ''}"
        )
    for place, count in PROFILES.items():
        yield f"{place},activated_profiles,,2030,{count},,,,egora-202601,,"
        yield f"{place},activation_rate,,2030,{RATES[place]},,1.7,2029,egora-202601,,"
    yield f"REG-53,activated_profiles,,2030,{sum(PROFILES.values())},,,,egora-202601,,"
    yield "REG-53,activation_rate,,2030,42.9,,,,egora-202601,,"


@pytest.fixture(scope="module")
def secret(
    tmp_path_factory: pytest.TempPathFactory, copy_project: Callable[[Path], Path]
) -> FigureContext:
    """The shipped project, with one more year, stricter rules and a dossier on it."""
    base = copy_project(tmp_path_factory.mktemp("secret") / "project")
    config = (base / "config.yaml").read_text("utf-8")
    (base / "config/secrecy.yaml").write_text(RULES, "utf-8")
    (base / "config.yaml").write_text(config.rstrip("\n") + DOSSIER, "utf-8")
    (base / "data/2030.csv").write_text("\n".join([",".join(COLUMNS), *rows()]) + "\n", "utf-8")
    return context_for_print(Project(base))


@pytest.fixture(scope="module")
def kit(secret: FigureContext) -> Iterator[dict[str, bytes]]:
    choice = KitChoice({"170mm": secret.settings.formats["170mm"]}, DAY)
    pool = RenderPool(2)
    made = build_kit(secret, dossier_publication(secret, "bretagne-secrete"), choice, pool, 2)
    pool.close()
    assert not made.failures
    yield made.files


def texts(name: str, content: bytes) -> Iterator[str]:
    """All that can be read in a file, in those that are packed in it too."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for inside in packed.namelist():
                yield from texts(inside, packed.read(inside))
    elif name.endswith(".pdf"):
        found = PdfReader(io.BytesIO(content))
        yield from (page.extract_text() for page in found.pages)
        yield str(dict(found.metadata or {}))
    elif name.endswith(".png"):
        with Image.open(io.BytesIO(content)) as picture:
            yield str(picture.info)
    elif not name.endswith((".ttf", ".otf", ".jpg", ".jpeg")):
        yield content.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def said(kit: dict[str, bytes]) -> dict[str, str]:
    """What each file says, its numbers written without spaces and with a decimal point."""
    joined = {name: "\n".join(texts(name, content)) for name, content in kit.items()}
    return {
        name: re.sub(r"(?<=\d),(?=\d)", ".", re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3})", "", text))
        for name, text in joined.items()
    }


def prints(text: str, number: float) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(f'{number:g}')}(?![\w.]|\.\d)", text) is not None


@pytest.fixture(scope="module")
def known(said: dict[str, str]) -> dict[tuple[str, str], float]:
    """The cells whose number is anywhere in the kit: what a reader of all of it knows."""
    whole = "\n".join(said.values())
    return {cell: float(count) for cell, count in CELLS.items() if prints(whole, count)}


def test_the_kit_prints_most_cells_and_says_which_are_secret(said, known):
    assert len(known) > len(CELLS) / 2
    for part in ("images", "diapositives", "donnees", "textes", "web"):
        assert any(
            "secret statistique" in text.lower()
            for name, text in said.items()
            if name.startswith(part)
        ), part


def test_no_file_of_the_kit_holds_a_secret_number(said):
    secrets = [*(CELLS[cell] for cell in SECRET), PROFILES["DEP-22"], RATES["DEP-22"]]
    found = [
        (name, number) for name, text in said.items() for number in secrets if prints(text, number)
    ]
    assert not found


def test_who_reads_the_whole_kit_cannot_narrow_a_secret_count_below_its_threshold(known):
    for cell in SECRET:
        low, high = interval(cell, known, sums(BRETAGNE, CORRIDORS))
        assert high - low > MINIMUM - 2, (cell, low, high)


def test_a_total_of_the_kit_minus_the_others_does_not_give_the_secret_profiles(said):
    whole = "\n".join(said.values())
    visible = [place for place, count in PROFILES.items() if prints(whole, count)]
    assert "DEP-22" not in visible and visible
    assert len(visible) < 3 or not prints(whole, sum(PROFILES.values()))


def test_a_map_tells_secret_from_unpublished_in_its_legend_its_tooltips_and_its_table(secret):
    request = MapRequest(indicator="activation_rate", territory="REG-53", period="2030-12")
    figure = figure_of(secret, request)
    assert ("secret statistique", 2) in [(one.label, one.count) for one in figure.legend]
    assert "non publié" not in [one.label for one in figure.legend]
    sent = next(iter(figure.spec["datasets"].values()))
    assert sorted(row["mark"] for row in sent if row["mark"]) == ["secret statistique"] * 2
    assert list(figure.table["origin"].cells)[-2:] == ["secret statistique"] * 2
    assert "(datum.mark||'non publié')" in json.dumps(figure.spec, ensure_ascii=False)


def test_a_map_without_secrets_sends_no_more_than_before(context):
    figure = figure_of(
        context, MapRequest(indicator="activation_rate", territory="REG-53", period="2024-12")
    )
    assert "isValid(datum.mark)" not in json.dumps(figure.spec)


def test_nothing_of_the_book_leads_back_to_a_secret_cell(secret):
    rows = secret.dataset.observations
    mine = rows[(rows["territory"] == "DEP-22") & (rows["period"].str[:4] >= "2029")]
    hidden = mine[mine["corridor"].isin(["hopital"]) | (mine["indicator"] == "activation_rate")]
    assert set(hidden["reference_period"]) == {"2030", "2030-12"}
    assert hidden["secret"].all() and hidden[["value", "change"]].isna().all(axis=None)
