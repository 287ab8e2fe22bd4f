"""The command that proposes dossiers, and the kits that are made of what it writes."""

from __future__ import annotations

import csv
import io
import zipfile

import yaml
from command_cases import SMALL, run


def test_the_dossier_of_a_territory_is_written_and_what_it_lacks_is_named(tmp_path):
    out = tmp_path / "corse.yaml"
    result = run("dossier", "new", "--territory", "REG-94", "--out", str(out))
    assert result.exit_code == 3 and "Il manque : Carte." in result.output
    assert yaml.safe_load(out.read_text("utf-8"))["territory"] == "REG-94"
    again = run("dossier", "new", "--territory", "REG-94", "--out", str(out))
    assert again.exit_code == 4 and "--force" in again.output


def test_a_territory_without_figures_gives_no_file(tmp_path):
    out = tmp_path / "bretagne.yaml"
    result = run("dossier", "new", "--territory", "REG-53", "--out", str(out))
    assert result.exit_code == 2 and "en Bretagne : importez-en" in result.output
    assert not out.exists()
    unknown = run("dossier", "new", "--territory", "REG-99", "--out", str(out))
    assert unknown.exit_code == 2 and "« REG-99 » n’existe pas" in unknown.output
    no_template = run(
        "dossier", "new", "--territory", "REG-94", "--template", "bretagne", "--out", str(out)
    )
    assert no_template.exit_code == 2 and "« bretagne » n’existe pas" in no_template.output


def test_one_dossier_for_each_region_then_one_file_of_their_kits(tmp_path):
    folder = tmp_path / "dossiers"
    result = run("dossier", "all", "--template", "la-reunion-2026", "--out", str(folder))
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 18
    written = {row["fichier"]: row["manque"] for row in rows if row["fichier"]}
    assert set(written) == {path.name for path in folder.iterdir()}
    assert written["la-reunion.yaml"] == ""
    assert {row["manque"] for row in rows if not row["fichier"]} == {"aucun chiffre"}
    for name in sorted(written)[2:]:
        (folder / name).unlink()
    made = run(
        "kit", "--draft", str(folder), "--together", "--part", "textes", "--out", str(tmp_path)
    )
    assert made.exit_code == 0, made.output
    with zipfile.ZipFile(tmp_path / "kits.zip") as packed:
        kits = {name.split("/")[0] for name in packed.namelist()}
    assert kits == {f"projet_{name.removesuffix('.yaml')}" for name in sorted(written)[:2]}


def test_an_empty_folder_of_drafts_is_refused(tmp_path):
    (tmp_path / "vide").mkdir()
    result = run("kit", "--draft", str(tmp_path / "vide"), *SMALL, "--out", str(tmp_path / "out"))
    assert result.exit_code == 2 and "Aucun fichier YAML" in result.output
