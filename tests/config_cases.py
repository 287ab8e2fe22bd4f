"""A whole configuration, as short as it gets, and what the tests that spoil it share."""

from __future__ import annotations

import re
from pathlib import Path

from atlas.problems import Problem
from atlas.settings import Settings, Source, read_settings

#: config.yaml; each test spoils one place of one file.
CONFIG = """\
brand:
  name: "Mon espace santé"
  title: "4 ans de Mon espace santé"
  logo: "templates/logo.svg"
  ink: "#1b2033"
  muted: "#5a6072"
  primary: "#2f47b0"
  accent: "#c2570c"
  neutral: "#eef0f5"
  sequential: ["#dbe2fa", "#8e9fe6", "#182478"]
  diverging: ["#8c3a06", "#f4e9df", "#243a9e"]
geo: {departements: "geo/departements.geojson", credit: "IGN"}
display:
  regional_coverage: 0.8
  national_curve: activated_profiles
corridors:
  hopital: {label: "Hôpital", short: "Hôpital", colour: "#1F4E9E"}
formats:
  170mm: {label: "Brochure", width_mm: 170}
  carre: {label: "Carré", width_px: 1080, height_px: 1080, dpi: 144}
comparisons:
  taux:
    title: "Où en est chaque région ?"
    nav: "Taux"
    introduction: "Face à la France."
    territories: [FR, REG-75]
    indicators: [activation_rate]
    layout: bars
    period: "2025-12"
dossiers:
  la-reunion:
    title: "La Réunion"
    nav: "Réunion"
    territory: REG-04
    period: "2025"
    source: dossier-2026
    introduction: "Les chiffres clés."
    blocks:
      - kind: key_figures
        figures:
          - indicator: activation_rate
            corridor: hopital
            territory: DEP-974
      - kind: map
        indicator: activation_rate
        level: departements
      - kind: timeline
"""
INDICATORS = """\
themes:
  usagers:
    label: "Usagers"
    defaults: {champ: "Profils"}
    indicators:
      activation_rate:
        label: "Taux d’activation"
        kind: rate
        accumulation: stock
        digits: 1
        definition: "Part des profils activés."
        reading: "{value} des profils sont activés {place}"
        bounds: [10, 20, 30]
      activated_profiles:
        label: "Profils activés"
        kind: count
        accumulation: stock
        definition: "Nombre de profils activés."
"""
IMPORTS = """\
imports: {jump_factor: 3}
import_profiles:
  annexe:
    label: "Annexe"
    level: departements
    columns:
      - {header: "Département", holds: territory}
      - {header: "Taux", holds: value, indicator: activation_rate}
"""
CHECKS = """\
checks:
  significant_digits: 2
  sums:
    - {total: activated_profiles, parts: [activated_profiles, activated_profiles]}
"""
SECRECY = """\
secrecy:
  activated_profiles: {minimum: 11}
"""
SERVER = """\
limits: {worker_seconds: 20}
access:
  roles:
    read: {everyone: true}
    import: {emails: [karl@agence.example], domains: [ars.example]}
  sign_in_hours: 12
"""
FILES = {
    "config.yaml": CONFIG,
    "config/indicators.yaml": INDICATORS,
    "config/imports.yaml": IMPORTS,
    "config/checks.yaml": CHECKS,
    "config/secrecy.yaml": SECRECY,
    "config/server.yaml": SERVER,
}
TERRITORIES = ["FR", "REG-04", "REG-75", "DEP-974"]
SOURCES = {
    key: Source(
        title="Chiffres", publisher="CGSS", published="2026", licence="Libre", grade="producer"
    )
    for key in ("dossier-2026", "presse-2025")
}
# What pydantic and PyYAML say of themselves.
ENGLISH = re.compile(
    r"\b(should|input|valid|field|required|error|expected|found|must|greater|"
    r"least|most|length|List|dict|string|number|ge|min)\b"
)


def write_files(folder: Path, files: dict[str, str | bytes]) -> None:
    """Those given, and the others as they are when nothing is wrong."""
    (folder / "config").mkdir(exist_ok=True)
    for name, text in {**FILES, **files}.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def read(
    folder: Path, text: str | bytes | None = None, *, file: str = "config.yaml"
) -> tuple[Settings | None, list[Problem]]:
    """The configuration whose `file` holds `text`."""
    write_files(folder, {} if text is None else {file: text})
    return read_settings(folder, territories=TERRITORIES, sources=SOURCES)


def spoilt(old: str, new: str) -> tuple[str, str, int]:
    """The file with one place spoilt, its text, and its line, which ¶ marks in `new`."""
    file = file_that_says(old)
    text = FILES[file].replace(old, new, 1)
    return file, text.replace("¶", ""), text[: text.index("¶")].count("\n") + 1


def changed(old: str, new: str) -> tuple[str, str]:
    """A file with one place changed, and its text."""
    file = file_that_says(old)
    return file, FILES[file].replace(old, new, 1)


def file_that_says(text: str) -> str:
    """The first file of the configuration that holds a text."""
    return next(file for file, content in FILES.items() if text in content)
