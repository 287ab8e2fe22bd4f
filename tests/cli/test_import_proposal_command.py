"""The command that prints what the proposal alone would write, as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from atlas.cli import app

UNDATED = "Département;Taux d’activation\nGironde;42,0\nLandes;43,7\nDordogne;35,1"
TABLE = UNDATED.replace("activation", "activation 2026")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_the_command_prints_what_the_proposal_alone_would_write(
    copy_of_project: Path, tmp_path: Path
):
    sent = tmp_path / "envoi.csv"
    sent.write_text(f"{TABLE}\nAtlantide;36,9")
    before = files(copy_of_project / "data")
    printed = CliRunner().invoke(
        app, ["import", str(sent), "--json", "--project", str(copy_of_project)]
    )
    made = json.loads(printed.stdout)
    assert set(made) >= {"rows", "refusals", "doubts", "notes"}
    assert {(row["territory"], row["period"], float(row["value"])) for row in made["rows"]} == {
        ("DEP-33", "2026", 42), ("DEP-40", "2026", 43.7), ("DEP-24", "2026", 35.1),
    }  # fmt: skip
    assert [refusal["cell"] for refusal in made["refusals"]] == ["A5"]
    assert {"cell", "message", "cure"} <= set(made["refusals"][0])
    assert files(copy_of_project / "data") == before


def test_the_command_takes_a_period_and_a_source(tmp_path: Path):
    sent = tmp_path / "envoi.csv"
    sent.write_text(UNDATED)
    options = ["--json", "--period", "2026-03", "--source", "egora-202601"]
    rows = json.loads(CliRunner().invoke(app, ["import", str(sent), *options]).stdout)["rows"]
    assert {(row["period"], row["source"]) for row in rows} == {("2026-03", "egora-202601")}
    assert len(rows) == 3
