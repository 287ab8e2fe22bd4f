"""config.yaml, sources.yaml, milestones.yaml: what is refused, and the sentence that says why."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from config_cases import (
    CONFIG,
    ENGLISH,
    FILES,
    SOURCES,
    TERRITORIES,
    changed,
    file_that_says,
    read,
    spoilt,
    write_files,
)
from pydantic import ValidationError

from atlas.settings import read_milestones, read_settings, read_sources


def test_the_short_configuration_is_accepted_so_that_each_refusal_has_one_cause(tmp_path):
    settings, problems = read(tmp_path)
    assert problems == []
    assert settings and settings.indicators["activation_rate"].digits == 1
    assert settings.indicators["activation_rate"].theme == "usagers"
    assert settings.source_order == list(SOURCES) and settings.map_indicators == ["activation_rate"]


# Text replaced, by what (¶ marks the place that is named), where, value, message, cure.
REFUSED = {
    "unknown key at the top": (
        "geo: {",
        "¶geoo: 1\ngeo: {",
        "geoo",
        "1",
        "la clé « geoo » est inconnue",
        "Vouliez-vous dire « geo » ?",
    ),
    "unknown key of the brand": (
        "  muted:",
        '  ¶mutted: "#5a6072"\n  muted:',
        "brand.mutted",
        "#5a6072",
        "« mutted » est inconnue",
        "« muted »",
    ),
    "unknown key of an indicator": (
        "digits: 1",
        "digits: 1\n        ¶digit: 1",
        "themes.usagers.indicators.activation_rate.digit",
        "1",
        "« digit » est inconnue",
        "« digits »",
    ),
    "unknown key of a comparison": (
        "layout: bars",
        "layout: bars\n    ¶layuot: bars",
        "comparisons.taux.layuot",
        "bars",
        "« layuot »",
        "« layout »",
    ),
    "unknown key of a dossier": (
        'nav: "Réunion"',
        'nav: "Réunion"\n    ¶naf: R',
        "dossiers.la-reunion.naf",
        "R",
        "« naf »",
        "« nav »",
    ),
    "unknown key of a block": (
        "level: departements",
        "level: departements\n        ¶levle: caisses",
        "dossiers.la-reunion.blocks.1.levle",
        "caisses",
        "« levle »",
        "« level »",
    ),
    "unknown key of a figure": (
        "territory: DEP-974",
        "territory: DEP-974\n            ¶pages: p. 3",
        "dossiers.la-reunion.blocks.0.figures.0.pages",
        "p. 3",
        "« pages »",
        "« page »",
    ),
    "unknown key like no other": (
        'nav: "Taux"',
        'nav: "Taux"\n    ¶zzz: 1',
        "comparisons.taux.zzz",
        "1",
        "« zzz » est inconnue",
        "Clés connues ici : all, annotations, compared_to",
    ),
    "former key of a comparison": (
        "layout: bars",
        'layout: dots\n    ¶against: "2024"',
        "comparisons.taux.against",
        "2024",
        "« against » s’appelle maintenant « compared_to »",
        "Renommez cette clé.",
    ),
    "former key of scales": (
        "layout: bars",
        "layout: bars\n    ¶axis: free",
        "comparisons.taux.axis",
        "free",
        "« axis » s’appelle maintenant « scales »",
        "Renommez cette clé.",
    ),
    "former key of a block": (
        "- kind: timeline",
        "- kind: comparison\n        indicator: activation_rate\n        layout: bars\n"
        "        territories: [FR]\n        ¶axis: free\n      - kind: timeline",
        "dossiers.la-reunion.blocks.2.axis",
        "free",
        "« axis » s’appelle maintenant « scales »",
        "Renommez cette clé.",
    ),
    "former key of a corridor": (
        "corridors:\n  hopital: {",
        "corridors:\n  hopital: {¶also: [CHU], ",
        "corridors.hopital.also",
        "",
        "« also » s’appelle maintenant « aliases »",
        "Renommez cette clé.",
    ),
    "former key of an indicator that has to say it": (
        "        accumulation: stock\n",
        "        ¶measure: stock\n",
        "themes.usagers.indicators.activation_rate.measure",
        "stock",
        "« measure » s’appelle maintenant « accumulation »",
        "Renommez cette clé.",
    ),
    "former key without a successor": (
        "digits: 1",
        "digits: 1\n        ¶good: up",
        "themes.usagers.indicators.activation_rate.good",
        "up",
        "« good » ne sert plus",
        "Retirez cette ligne.",
    ),
    "former key of who writes": (
        "imports: {jump_factor: 3}",
        "imports: {jump_factor: 3, ¶writers: local}",
        "imports.writers",
        "local",
        "« writers » ne sert plus",
        "nommez dans config/server.yaml, sous access, roles, import",
    ),
    "a role that does not exist": (
        "    import: {emails",
        "    ¶imports: {emails",
        "access.roles.imports",
        "imports",
        "« imports » a une valeur non prévue",
        "Vouliez-vous dire « import » ?",
    ),
    "everyone writes": (
        "access:\n  roles:\n    read: {everyone: true}\n    import: {emails: [karl@agence.example]",
        "¶access:\n  roles:\n    read: {everyone: true}\n    import: {everyone: true",
        "access",
        "",
        "« everyone » ne va qu’avec le rôle read : nommez qui a le rôle import",
        "Corrigez la valeur.",
    ),
    "an address that is none": (
        "emails: [karl@agence.example]",
        "emails: [¶karl]",
        "access.roles.import.emails.0",
        "karl",
        "n’est pas une adresse électronique en minuscules",
        "Corrigez la valeur.",
    ),
    "an address in capitals": (
        "emails: [karl@agence.example]",
        "emails: [¶Karl@agence.example]",
        "access.roles.import.emails.0",
        "Karl@agence.example",
        "n’est pas une adresse électronique en minuscules",
        "Corrigez la valeur.",
    ),
    "a domain with its sign": (
        "domains: [ars.example]",
        'domains: [¶"@ars.example"]',
        "access.roles.import.domains.0",
        "@ars.example",
        "n’est pas un domaine en minuscules",
        "Corrigez la valeur.",
    ),
    "former section of the display": (
        "display:\n",
        "¶figures:\n",
        "figures",
        "",
        "« figures » s’appelle maintenant « display »",
        "Renommez cette clé.",
    ),
    "a section that has moved": (
        "geo: {",
        "¶checks: {}\ngeo: {",
        "checks",
        "",
        "« checks » est maintenant dans config/checks.yaml",
        "Déplacez cette section dans config/checks.yaml.",
    ),
    "a section in the file of another": (
        "secrecy:\n",
        "¶import_profiles: {}\nsecrecy:\n",
        "import_profiles",
        "",
        "« import_profiles » est maintenant dans config/imports.yaml",
        "Déplacez cette section",
    ),
    "the former dictionary of indicators": (
        "geo: {",
        "¶indicators: {activation_rate: {label: Taux}}\ngeo: {",
        "indicators",
        "",
        "« indicators » est maintenant dans config/indicators.yaml, thème par thème",
        "sous themes, puis son thème, puis indicators",
    ),
    "the former order of sources": (
        "geo: {",
        "¶source_order: [dossier-2026]\ngeo: {",
        "source_order",
        "",
        "« source_order » est maintenant l’ordre des sources de data/sources.yaml",
        "retirez cette liste",
    ),
    "former section of the import profiles": (
        "geo: {",
        "¶recipes: {}\ngeo: {",
        "recipes",
        "",
        "« recipes » s’appelle maintenant « import_profiles », et est dans config/imports.yaml",
        "Déplacez cette section, et renommez-la.",
    ),
    "the former list of the map": (
        "  national_curve",
        "  ¶map_indicators: [activation_rate]\n  national_curve",
        "display.map_indicators",
        "",
        "« map_indicators » ne sert plus : la carte montre les taux qui ont des bounds",
        "Retirez cette ligne.",
    ),
    "a former list of the checks": (
        "  significant_digits: 2",
        "  significant_digits: 2\n  ¶territory_totals: [activated_profiles]",
        "checks.territory_totals",
        "",
        "« territory_totals » se dit maintenant à chaque indicateur",
        "« adds_up: [territories] »",
    ),
    "the theme of an indicator": (
        "digits: 1",
        "digits: 1\n        ¶theme: usagers",
        "themes.usagers.indicators.activation_rate.theme",
        "usagers",
        "« theme » ne s’écrit plus",
        "rangez l’indicateur dans son thème",
    ),
    "a wrong default, said once": (
        'defaults: {champ: "Profils"}',
        'defaults: {champ: "Profils", ¶digits: 9}',
        "themes.usagers.defaults.digits",
        "9",
        "hors des limites (au plus 3)",
        "Corrigez",
    ),
    "an unknown default": (
        'defaults: {champ: "Profils"}',
        'defaults: {champ: "Profils", ¶digit: 1}',
        "themes.usagers.defaults.digit",
        "1",
        "« digit » est inconnue",
        "« digits »",
    ),
    "an indicator under two themes": (
        '        definition: "Nombre de profils activés."\n',
        '        definition: "Nombre de profils activés."\n  documents:\n    label: "Documents"\n'
        "    indicators:\n      ¶activated_profiles:\n        {label: P, kind: count, "
        "accumulation: stock, definition: D, champ: C}\n",
        "themes.documents.indicators.activated_profiles",
        "activated_profiles",
        "« activated_profiles » figure aussi dans le thème « usagers »",
        "Gardez une seule des deux entrées.",
    ),
    "a rate that would add up": (
        "      activation_rate:\n",
        "      ¶activation_rate:\n        adds_up: [territories]\n",
        "themes.usagers.indicators.activation_rate",
        "",
        "seuls un effectif et une part s’additionnent",
        "Corrigez",
    ),
    "a rule of secrecy of no indicator": (
        "activated_profiles: {minimum: 11}",
        "¶activated_profile: {minimum: 11}",
        "secrecy.activated_profile",
        "activated_profile",
        "indicateur inconnu : « activated_profile »",
        "config/indicators.yaml",
    ),
    "an indicator of a check": (
        "total: activated_profiles",
        "¶total: activated_profile",
        "checks.sums.0.total",
        "activated_profile",
        "indicateur inconnu",
        "« activated_profiles »",
    ),
    "an indicator of an import profile": (
        "holds: value, indicator: activation_rate",
        "holds: value, ¶indicator: activation_rat",
        "import_profiles.annexe.columns.1.indicator",
        "activation_rat",
        "indicateur inconnu",
        "« activation_rate »",
    ),
    "unknown key of a format": (
        "width_mm: 170",
        "width_mm: 170, ¶heigth_mm: 90",
        "formats.170mm.heigth_mm",
        "90",
        "« heigth_mm » est inconnue",
        "« height_mm »",
    ),
    "a format without a width": (
        '170mm: {label: "Brochure", width_mm: 170}',
        '¶170mm: {label: "Brochure"}',
        "formats.170mm",
        "",
        "indiquez width_mm ou width_px",
        "Corrigez",
    ),
    "a format in two units": (
        "170mm: {",
        "¶170mm: {width_px: 900, ",
        "formats.170mm",
        "",
        "et un seul des deux",
        "Corrigez",
    ),
    "a height in another unit": (
        "170mm: {",
        "¶170mm: {height_px: 900, ",
        "formats.170mm",
        "",
        "la hauteur s’écrit dans la même unité que la largeur",
        "Corrigez",
    ),
    "a format too narrow for a text": (
        "width_mm: 170",
        "¶width_mm: 30",
        "formats.170mm.width_mm",
        "30",
        "hors des limites (au moins 40)",
        "Corrigez",
    ),
    "a picture too large to be drawn": (
        "width_px: 1080",
        "¶width_px: 80000",
        "formats.carre.width_px",
        "80000",
        "hors des limites (au plus 8000)",
        "Corrigez",
    ),
    "half a pixel": (
        "width_px: 1080",
        "¶width_px: 1080.5",
        "formats.carre.width_px",
        "1080.5",
        "nombre entier",
        "sans guillemets",
    ),
    "a density that no printer has": (
        "dpi: 144",
        "¶dpi: 6000",
        "formats.carre.dpi",
        "6000",
        "hors des limites (au plus 600)",
        "Corrigez",
    ),
    "letters too small to be read": (
        "width_mm: 170",
        "width_mm: 170, ¶text: 6",
        "formats.170mm.text",
        "6",
        "hors des limites (au moins 7)",
        "Corrigez",
    ),
    "a format whose key could not name a file": (
        "  170mm:",
        '  ¶A4 paysage: {label: "A4", width_mm: 297}\n  170mm:',
        "formats.A4 paysage",
        "A4 paysage",
        "n’est pas un identifiant",
        "minuscules",
    ),
    "not a colour": (
        'ink: "#1b2033"',
        '¶ink: "bleu"',
        "brand.ink",
        "bleu",
        "n’est pas une couleur",
        "#2f47b0",
    ),
    "a colour of a palette": (
        '["#dbe2fa", "#8e9fe6"',
        '["#dbe2fa",\n    ¶"#8e9fe"',
        "brand.sequential.1",
        "#8e9fe",
        "n’est pas une couleur",
        "#2f47b0",
    ),
    "a colour taken for a comment": (
        'ink: "#1b2033"',
        "¶ink: #1b2033",
        "brand.ink",
        "",
        "« ink » doit être un texte",
        "guillemets",
    ),
    "a text for a number": (
        "regional_coverage: 0.8",
        '¶regional_coverage: "0.8"',
        "display.regional_coverage",
        "0.8",
        "doit être un nombre",
        "sans guillemets",
    ),
    "a decimal comma": (
        "regional_coverage: 0.8",
        "¶regional_coverage: 0,8",
        "display.regional_coverage",
        "0,8",
        "doit être un nombre",
        "point décimal",
    ),
    "a number out of bounds": (
        "regional_coverage: 0.8",
        "¶regional_coverage: 80",
        "display.regional_coverage",
        "80",
        "hors des limites (au plus 1)",
        "Corrigez",
    ),
    "no number at all": (
        "[10, 20, 30]",
        "[10,\n          ¶.inf]",
        "themes.usagers.indicators.activation_rate.bounds.1",
        "inf",
        "nombre fini",
        ".inf",
    ),
    "half a digit": (
        "digits: 1",
        "¶digits: 1.5",
        "themes.usagers.indicators.activation_rate.digits",
        "1.5",
        "nombre entier",
        "sans guillemets",
    ),
    "too many digits": (
        "digits: 1",
        "¶digits: 9",
        "themes.usagers.indicators.activation_rate.digits",
        "9",
        "hors des limites (au plus 3)",
        "Corrigez",
    ),
    "a number for a text": (
        'nav: "Taux"',
        "¶nav: 2025",
        "comparisons.taux.nav",
        "2025",
        "« nav » doit être un texte",
        "guillemets",
    ),
    "no, which YAML takes for false": (
        'nav: "Taux"',
        "¶nav: no",
        "comparisons.taux.nav",
        "False",
        "« nav » doit être un texte",
        "guillemets",
    ),
    "one where a list belongs": (
        "[FR, REG-75]",
        "¶FR",
        "comparisons.taux.territories",
        "FR",
        "doit être une liste",
        "tiret",
    ),
    "a layout that does not exist": (
        "layout: bars",
        "¶layout: slop",
        "comparisons.taux.layout",
        "slop",
        "« layout » a une valeur non prévue",
        "Vouliez-vous dire « slope » ?",
    ),
    "a set of territories that does not exist": (
        "territories: [FR, REG-75]",
        "¶all: region",
        "comparisons.taux.all",
        "region",
        "« all » a une valeur non prévue",
        "Vouliez-vous dire « regions » ?",
    ),
    "an unknown key of a remark": (
        "layout: bars",
        "layout: bars\n    annotations: [{territory: FR, text: a, ¶perod: b}]",
        "comparisons.taux.annotations.0.perod",
        "b",
        "« perod » est inconnue",
        "« period »",
    ),
    "an unknown key of a target": (
        "layout: bars",
        "layout: bars\n    targets:\n      - {indicator: activation_rate, ¶valeu: 40}",
        "comparisons.taux.targets.0.valeu",
        "40",
        "« valeu » est inconnue",
        "« value »",
    ),
    "an unknown key of a group": (
        "comparisons:\n",
        "groups: {sud: {label: A, territories: [FR], ¶labl: B}}\ncomparisons:\n",
        "groups.sud.labl",
        "B",
        "« labl » est inconnue",
        "« label »",
    ),
    "an unknown territory of a group": (
        "comparisons:\n",
        "groups: {sud: {label: A, territories: [¶REG-7]}}\ncomparisons:\n",
        "groups.sud.territories.0",
        "REG-7",
        "territoire inconnu : « REG-7 »",
        "« REG-75 »",
    ),
    "an unknown group": (
        "territories: [FR, REG-75]",
        "¶group: sud",
        "comparisons.taux.group",
        "sud",
        "groupe inconnu : « sud »",
        "Écrivez un groupe de groups.",
    ),
    "neighbours of an unknown territory": (
        "territories: [FR, REG-75]",
        "¶neighbours: REG-57",
        "comparisons.taux.neighbours",
        "REG-57",
        "territoire inconnu : « REG-57 »",
        "« REG-75 »",
    ),
    "neighbours of the nation": (
        "territories: [FR, REG-75]",
        "¶neighbours: FR",
        "comparisons.taux.neighbours",
        "FR",
        "« FR » n’a pas de voisins",
        "REG-75",
    ),
    "an unknown territory of a remark": (
        "layout: bars",
        "layout: bars\n    annotations: [{¶territory: REG-7, text: a}]",
        "comparisons.taux.annotations.0.territory",
        "REG-7",
        "territoire inconnu",
        "« REG-75 »",
    ),
    "a target of another indicator": (
        "layout: bars",
        "layout: bars\n    targets: [{¶indicator: activated_profiles}]",
        "comparisons.taux.targets.0.indicator",
        "activated_profiles",
        "n’est l’objectif d’aucun indicateur de la comparaison",
        "activation_rate_target",
    ),
    "an empty list": (
        "[FR, REG-75]",
        "¶[]",
        "comparisons.taux.territories",
        "",
        "hors des limites (longueur : au moins 1)",
        "Corrigez",
    ),
    "a text where keys belong": (
        "  hopital:",
        "  ¶biologie: oui\n  hopital:",
        "corridors.biologie",
        "oui",
        "doit être un ensemble de clés",
        "clé: valeur",
    ),
    "a kind that does not exist": (
        "kind: rate",
        "¶kind: ratio",
        "themes.usagers.indicators.activation_rate.kind",
        "ratio",
        "« kind » a une valeur non prévue",
        "'rate', 'share', 'count', 'average', 'rank'",
    ),
    "a block that does not exist": (
        "- kind: timeline",
        "- title: Frise\n        ¶kind: timelines",
        "dossiers.la-reunion.blocks.2.kind",
        "timelines",
        "« kind » a une valeur non prévue",
        "'timeline'",
    ),
    "a block without a kind": (
        "- kind: timeline",
        "- ¶title: Frise",
        "dossiers.la-reunion.blocks.2",
        "",
        "pas de clé « kind »",
        "kind:",
    ),
    "a month that does not exist": (
        'period: "2025-12"',
        '¶period: "2025-13"',
        "comparisons.taux.period",
        "2025-13",
        "n’est pas une période",
        '"2025-12"',
    ),
    "a day that does not exist": (
        'period: "2025-12"',
        '¶period: "2025-02-30"',
        "comparisons.taux.period",
        "2025-02-30",
        "calendrier",
        "Corrigez",
    ),
    "a year taken for a number": (
        'period: "2025"',
        "¶period: 2025",
        "dossiers.la-reunion.period",
        "2025",
        "doit être un texte",
        "guillemets",
    ),
    "a key with an accent": (
        "  hopital:",
        '  ¶hôtel: {label: "H", short: "H", colour: "#000000"}\n  hopital:',
        "corridors.hôtel",
        "hôtel",
        "n’est pas un identifiant",
        "minuscules",
    ),
    "a sentence with an unknown brace": (
        '"{value} des profils sont activés {place}"',
        '¶"{valeur} activés"',
        "themes.usagers.indicators.activation_rate.reading",
        "{valeur} activés",
        "« valeur » n’est remplacé par rien",
        "Corrigez",
    ),
    "a sentence with an open brace": (
        '"{value} des profils sont activés {place}"',
        '¶"{value activés"',
        "themes.usagers.indicators.activation_rate.reading",
        "{value activés",
        "une accolade n’est pas refermée",
        "Corrigez",
    ),
    "twice the same key": (
        'nav: "Taux"',
        'nav: "Taux"\n    ¶nav: "Taux"',
        "comparisons.taux.nav",
        "",
        "la clé « nav » figure deux fois",
        "une seule",
    ),
    "twice the same section": (
        "corridors:",
        "¶geo: {departements: x, credit: y}\ncorridors:",
        "geo",
        "",
        "la clé « geo » figure deux fois",
        "une seule",
    ),
    "an unknown indicator of the curve": (
        "national_curve: activated_profiles",
        "¶national_curve: activated_profile",
        "display.national_curve",
        "activated_profile",
        "indicateur inconnu",
        "« activated_profiles »",
    ),
    "an unknown indicator of a page": (
        "indicators: [activation_rate]\n    layout",
        "indicators: [¶xyz]\n    layout",
        "comparisons.taux.indicators.0",
        "xyz",
        "indicateur inconnu : « xyz »",
        "indicators",
    ),
    "an unknown territory of a page": (
        "[FR, REG-75]",
        "[FR,\n      ¶REG75]",
        "comparisons.taux.territories.1",
        "REG75",
        "territoire inconnu : « REG75 »",
        "« REG-75 »",
    ),
    "an unknown territory of a dossier": (
        "territory: REG-04",
        "¶territory: REG-4",
        "dossiers.la-reunion.territory",
        "REG-4",
        "territoire inconnu",
        "« REG-04 »",
    ),
    "an unknown territory of a figure": (
        "territory: DEP-974",
        "¶territory: DEP-97",
        "dossiers.la-reunion.blocks.0.figures.0.territory",
        "DEP-97",
        "territoire inconnu",
        "« DEP-974 »",
    ),
    "an unknown corridor": (
        "corridor: hopital",
        "¶corridor: hospital",
        "dossiers.la-reunion.blocks.0.figures.0.corridor",
        "hospital",
        "couloir inconnu : « hospital »",
        "« hopital »",
    ),
    "an unknown source of a dossier": (
        "source: dossier-2026",
        "¶source: dossier-2027",
        "dossiers.la-reunion.source",
        "dossier-2027",
        "source inconnue : « dossier-2027 »",
        "« dossier-2026 »",
    ),
    "a count in a map block": (
        "- kind: map\n        indicator: activation_rate",
        "- kind: map\n        ¶indicator: activated_profiles",
        "dossiers.la-reunion.blocks.1.indicator",
        "activated_profiles",
        "ne peut pas colorier une carte",
        "bounds",
    ),
}


@pytest.mark.parametrize(
    ("old", "new", "where", "value", "message", "cure"), REFUSED.values(), ids=REFUSED
)
def test_one_wrong_place_is_named_with_its_line_its_value_and_a_cure(
    tmp_path, old, new, where, value, message, cure
):
    file, text, line = spoilt(old, new)
    settings, problems = read(tmp_path, text, file=file)
    assert settings is None
    [problem] = problems
    assert (problem.file, problem.line) == (file, line)
    assert (problem.where, problem.value) == (where, value)
    assert message in problem.message and cure in problem.cure
    assert not ENGLISH.search(f"{problem.message} {problem.cure}".replace(value or "-", ""))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bounds: [10, 20, 30]", "bounds: [20, 10]", "aller en croissant, sans doublon"),
        ("bounds: [10, 20, 30]", "bounds: [10, 10]", "aller en croissant, sans doublon"),
        ("  kind: count", "  bounds: [1000]\n        kind: count", "un effectif ne se colorie pas"),
    ],
)
def test_class_bounds_go_up_and_belong_to_percentages(tmp_path, old, new, message):
    file, text = changed(old, new)
    _, [problem] = read(tmp_path, text, file=file)
    assert message in problem.message
    assert problem.where.startswith("themes.usagers.indicators.activat") and problem.line


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    territories: [FR, REG-75]\n", "", "indiquez territories, all, neighbours ou group"),
        (
            "layout: bars",
            "layout: bars\n    all: regions\n    neighbours: REG-75",
            "gardez « all » ou « neighbours », pas les deux",
        ),
        (
            "layout: bars",
            "layout: slope",
            "slope relie deux dates : indiquez period et compared_to",
        ),
        (
            'layout: bars\n    period: "2025-12"',
            'layout: dots\n    compared_to: "2024-12"',
            "indiquez period, que compared_to précède",
        ),
        (
            "layout: bars",
            'layout: dots\n    compared_to: "2025"',
            "compared_to doit précéder period",
        ),
        ("layout: bars", "layout: bars\n    scales: free", "prenez multiples"),
        ("layout: bars", 'layout: bars\n    compared_to: "2024"', "prenez slope, dots, table"),
        ("layout: bars", "layout: dots\n    measure: change", "prenez bars, corridors, multiples"),
        ("layout: bars", "layout: curve", "« period » ne sert pas à la présentation curve"),
        (
            "layout: bars",
            "layout: table\n    targets: [{indicator: activation_rate}]",
            "prenez bars, curve, dots",
        ),
    ],
)
def test_the_keys_of_a_comparison_fit_together(tmp_path, old, new, message):
    assert old in CONFIG
    settings, [problem] = read(tmp_path, CONFIG.replace(old, new, 1))
    assert settings is None and message in problem.message
    assert problem.where == "comparisons.taux" and problem.line
    assert not ENGLISH.search(problem.message)


def test_a_target_written_in_config_yaml_has_a_label_and_a_source(tmp_path):
    text = CONFIG.replace(
        "layout: bars",
        "layout: bars\n    targets:\n      - {indicator: activation_rate, value: 40, label: Cap}",
        1,
    )
    _, [problem] = read(tmp_path, text)
    assert "a besoin de label et de source" in problem.message
    assert problem.where == "comparisons.taux.targets.0"
    assert read(tmp_path, text.replace("label: Cap", "label: Cap, source: presse-2025"))[1] == []


def test_a_target_has_the_unit_of_what_it_is_the_target_of(tmp_path):
    write_files(
        tmp_path,
        {
            file: text.replace("activated_profiles", "activation_rate_target").replace(
                "layout: bars", "layout: bars\n    targets: [{indicator: activation_rate_target}]"
            )
            for file, text in FILES.items()
        },
    )
    _, [problem] = read_settings(tmp_path, territories=TERRITORIES, sources=SOURCES)
    assert "n’a pas l’unité de « activation_rate »" in problem.message
    assert problem.where == "comparisons.taux.targets.0.indicator"


@pytest.mark.parametrize(
    "territories",
    ["all: departements", "neighbours: REG-75", "group: sud", "territories: [FR]\n    group: sud"],
)
def test_a_comparison_chooses_its_territories_in_several_ways(tmp_path, territories):
    text = CONFIG.replace("territories: [FR, REG-75]", territories, 1).replace(
        "comparisons:\n", "groups:\n  sud: {label: Sud, territories: [REG-75]}\ncomparisons:\n"
    )
    settings, problems = read(tmp_path, text)
    assert problems == [] and settings.groups["sud"].territories == ["REG-75"]


@pytest.mark.parametrize(
    ("lost", "where", "at"),
    [
        (
            '        definition: "Part des profils activés."\n',
            "themes.usagers.indicators.activation_rate.definition",
            "      activation_rate:",
        ),
        (
            '    defaults: {champ: "Profils"}\n    indicators',
            "themes.usagers.indicators.activated_profiles.champ",
            "      activated_profiles:",
        ),
        ('  title: "4 ans de Mon espace santé"\n', "brand.title", "brand:"),
        ("    source: dossier-2026\n", "dossiers.la-reunion.source", "  la-reunion:"),
    ],
)
def test_a_missing_key_is_asked_for_where_it_belongs(tmp_path, lost, where, at):
    file, text = changed(lost, "    indicators" if lost.endswith("indicators") else "")
    settings, problems = read(tmp_path, text, file=file)
    key = where.rpartition(".")[2]
    [problem] = [problem for problem in problems if problem.where == where]
    assert settings is None and {p.where.rpartition(".")[2] for p in problems} == {key}
    assert problem.line == text.splitlines().index(at) + 1
    assert f"la clé « {key} » manque" in problem.message and f"{key}:" in problem.cure


def test_a_configuration_without_any_format_is_refused(tmp_path):
    text = re.sub(r"formats:\n( .*\n)+", "formats: {}\n", CONFIG)
    settings, [problem] = read(tmp_path, text)
    assert settings is None and problem.where == "formats"
    assert "longueur : au moins 1" in problem.message


def test_a_format_gives_its_sides_in_points_from_millimetres_or_from_pixels(tmp_path):
    settings, _ = read(tmp_path, CONFIG)
    assert settings
    brochure, square = settings.formats["170mm"], settings.formats["carre"]
    assert (brochure.width, brochure.height) == (pytest.approx(481.89, abs=0.01), None)
    assert (square.width, square.height) == (540, 540)
    assert (brochure.dpi, brochure.text) == (300, 7.5)


BOMB = "laughs: &a [x, x]\nmore: &b [*a, *a]\nmost: [*b, *b]\n"
LAST = CONFIG.count("\n") + 1
UNREADABLE = {
    "a bomb of anchors": (CONFIG + BOMB, LAST, "l’ancre ou l’alias « a »", "Recopiez"),
    "an alias": (CONFIG + "x: *brand\n", LAST, "« brand » n’est pas accepté", "Recopiez"),
    "a missing colon": (CONFIG + "x: 1\nbrand\n", LAST + 2, "syntaxe", "indentation"),
    "a tab": (CONFIG + "x:\n\ty: 1\n", LAST + 1, "syntaxe", "indentation"),
    "an open quote": (CONFIG + 'x: "y\n', LAST + 1, "syntaxe", "guillemets"),
    "two documents": (CONFIG + "---\nx: 1\n", LAST, "syntaxe", "indentation"),
    "a null character": (CONFIG + "x: a\0b\n", LAST, "caractère de contrôle (U+0000)", "Effacez"),
    "no number": (CONFIG + "x: !!int abc\n", LAST, "un nombre est illisible", "guillemets"),
    "a number without end": (CONFIG + f"x: {'9' * 5000}\n", LAST, "nombre est illisible", "Corrig"),
    "a well of brackets": (
        CONFIG + "x: " + "[" * 9000 + "]" * 9000,
        LAST,
        "emboîte trop de niveaux",
        "crochets",
    ),
    "cp1252": (CONFIG.replace("’", "'").encode("cp1252"), 2, "UTF-8", "Enregistrez-le en UTF-8"),
    "UTF-16": (CONFIG.encode("utf-16"), 1, "UTF-8", "Enregistrez-le en UTF-8"),
    "empty": ("", None, "le fichier doit être un ensemble de clés", "clé: valeur"),
    "a list": ("- brand\n", 1, "le fichier doit être un ensemble de clés", "clé: valeur"),
    "too large": ("#" * 2_000_001, None, "dépasse 2 Mo", "Vérifiez"),
}


@pytest.mark.parametrize(("text", "line", "message", "cure"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_not_plain_yaml_in_utf_8_is_refused_at_its_line(
    tmp_path, text, line, message, cure
):
    settings, [problem] = read(tmp_path, text)
    assert settings is None
    assert (problem.file, problem.line) == ("config.yaml", line)
    assert message in problem.message and cure in problem.cure


def test_each_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    settings, problems = read_settings(tmp_path)
    assert settings is None and [problem.file for problem in problems] == list(FILES)
    assert all("introuvable" in problem.message and problem.cure for problem in problems)


def test_a_project_of_an_earlier_version_is_told_where_its_sections_are_now(tmp_path):
    """It has no config/ folder: each section is named with its line, beside the missing file."""
    old = CONFIG + "".join(text for file, text in FILES.items() if file != "config.yaml")
    (tmp_path / "config.yaml").write_text(old, "utf-8")
    settings, problems = read_settings(tmp_path, territories=TERRITORIES, sources=SOURCES)
    assert settings is None
    moved = {p.where: p.message for p in problems if p.file == "config.yaml"}
    sections = {"imports", "import_profiles", "checks", "secrecy", "themes", "limits", "access"}
    assert sections == set(moved)
    assert "est maintenant dans config/secrecy.yaml" in moved["secrecy"]
    assert [p.file for p in problems if p.file != "config.yaml"] == list(FILES)[1:]


def test_everything_wrong_is_said_at_once_in_the_order_of_the_files(tmp_path):
    files = dict(FILES)
    for old, new in (
        ('"#1b2033"', "bleu"),
        ("digits: 1", "digit: 1"),
        ("minimum: 11", "minimum: 1"),
        ("REG-75", "REG-99"),
        ('nav: "Réunion"', "nav: A\n    nav: B"),
        ("kind: timeline", "kind: frise"),
        ("source: dossier-2026", "source: rien"),
    ):
        file = file_that_says(old)
        files[file] = files[file].replace(old, new, 1)
    write_files(tmp_path, files)
    settings, problems = read_settings(tmp_path, territories=TERRITORIES, sources=SOURCES)
    assert settings is None
    assert [problem.where for problem in problems] == [
        "brand.ink",
        "comparisons.taux.territories.1",
        "dossiers.la-reunion.nav",
        "dossiers.la-reunion.source",
        "dossiers.la-reunion.blocks.2.kind",
        "themes.usagers.indicators.activation_rate.digit",
        "secrecy.activated_profiles.minimum",
    ]


def test_a_date_without_quotes_and_a_byte_order_mark_do_no_harm(tmp_path):
    text = CONFIG.replace('period: "2025-12"', "period: 2025-12-31")
    settings, problems = read(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert problems == []
    assert settings and settings.comparisons["taux"].period == "2025-12-31"


def test_names_are_not_checked_against_files_that_could_not_be_read(tmp_path):
    write_files(tmp_path, {})
    settings, problems = read_settings(tmp_path, territories=None, sources=None)
    assert settings and problems == []


def test_settings_cannot_be_changed_by_the_code_that_reads_them(tmp_path):
    settings, _ = read(tmp_path, CONFIG)
    assert settings
    with pytest.raises(ValidationError):
        settings.brand.name = "autre"  # type: ignore[misc]


# --- data/sources.yaml and data/milestones.yaml --------------------------------------------------

SOURCE = """\
dossier-2026:
  title: "Dossier de presse"
  publisher: "CGSS"
  published: "2026-03-18"
  licence: "Non précisée"
  grade: producer
"""
MILESTONES = """\
- {year: 2025, title: "Suite", points: ["Un"], source: dossier-2026}
- {year: 2022, title: "Début", points: ["Un", "Deux"], source: dossier-2026}
"""


def read_text(reader: Any, folder: Path, text: str) -> Any:
    path = folder / "x.yaml"
    path.write_text(text, encoding="utf-8")
    return reader(path, "data/x.yaml")


@pytest.mark.parametrize("date", ["2026-03-18", "2026-03", "2026", ""])
def test_a_source_is_dated_to_the_day_the_month_the_year_or_not_at_all(tmp_path, date):
    sources, problems = read_text(read_sources, tmp_path, SOURCE.replace("2026-03-18", date))
    assert problems == [] and sources["dossier-2026"].published == date


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "message"),
    [
        ("2026-03-18", "18/03/2026", 4, "dossier-2026.published", "n’est pas une période"),
        ("2026-03-18", "2026-13", 4, "dossier-2026.published", "n’est pas une période"),
        ("2026-03-18", "2026-02-30", 4, "dossier-2026.published", "calendrier"),
        ("grade: producer", "grade: officiel", 6, "dossier-2026.grade", "valeur non prévue"),
        ("grade:", "kind:", 6, "dossier-2026.kind", "« kind » s’appelle maintenant « grade »"),
        ("producer", "primary", 6, "dossier-2026.grade", "s’appelle maintenant « producer »"),
        ('  publisher: "CGSS"\n', "", 1, "dossier-2026.publisher", "« publisher » manque"),
        ("licence:", "license:", 5, "dossier-2026.license", "« license » est inconnue"),
    ],
)
def test_a_wrong_source_is_refused_with_its_line(tmp_path, old, new, line, where, message):
    sources, problems = read_text(read_sources, tmp_path, SOURCE.replace(old, new))
    assert sources is None
    found = {problem.where: problem for problem in problems}
    assert found[where].line == line and message in found[where].message


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//exemple.fr/a",
        "www.exemple.fr",
        "https:///a",
        "https://ameli.fr@exemple.fr/",
        "https://exemple.fr/ onmouseover=alert(1)",
        "https://exemple.fr/'><script>",
        "https://[::1/",
        "https://exemple.fr/" + "a" * 2_000,
    ],
)
def test_the_address_of_a_source_is_that_of_a_page_of_the_web(tmp_path, address):
    text = SOURCE + f'  address: "{address}"\n'
    sources, (problem,) = read_text(read_sources, tmp_path, text)
    assert sources is None and problem.where == "dossier-2026.address" and problem.line == 7
    assert "adresse" in problem.message or "au plus 2000" in problem.message


@pytest.mark.parametrize("address", ["", "http://exemple.fr", "https://exemple.fr:8443/é?a=%20#b"])
def test_the_address_of_a_page_is_taken(tmp_path, address):
    text = SOURCE + f'  address: "{address}"\n'
    sources, problems = read_text(read_sources, tmp_path, text)
    assert problems == [] and sources["dossier-2026"].address == address


@pytest.mark.parametrize(("key", "length"), [("title", 300), ("publisher", 200), ("licence", 200)])
def test_a_text_of_a_source_has_a_greatest_length(tmp_path, key, length):
    start = SOURCE.index(f"  {key}:")
    end = SOURCE.index("\n", start)
    for letters in (length, length + 1):
        text = f'{SOURCE[:start]}  {key}: "{"é" * letters}"{SOURCE[end:]}'
        sources, problems = read_text(read_sources, tmp_path, text)
        assert (sources is None) == bool(problems) == (letters > length)
    assert f"au plus {length}" in problems[0].message and problems[0].where.endswith(key)


def test_no_text_of_the_configuration_is_longer_than_a_page(tmp_path):
    _, problems = read(tmp_path, CONFIG.replace("introduction: ", f"introduction: {'é' * 10_001} "))
    assert problems and all("au plus 10000" in problem.message for problem in problems)


def test_milestones_come_in_the_order_of_their_years(tmp_path):
    milestones, problems = read_text(read_milestones, tmp_path, MILESTONES)
    assert problems == [] and [m.year for m in milestones] == [2022, 2025]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("year: 2022", "year: 1922", "1.year"),
        ("year: 2022", 'year: "2022"', "1.year"),
        ('["Un", "Deux"]', "[]", "1.points"),
        ('title: "Début"', "titre: x", "1.titre"),
    ],
)
def test_a_wrong_milestone_is_refused_with_its_line(tmp_path, old, new, where):
    milestones, problems = read_text(read_milestones, tmp_path, MILESTONES.replace(old, new))
    assert milestones is None
    assert where in [problem.where for problem in problems]
    assert all(problem.file == "data/x.yaml" and problem.line == 2 for problem in problems)
