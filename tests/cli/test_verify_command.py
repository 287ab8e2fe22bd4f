"""The commands that verify images and make the keys that sign them."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest
from altered_images import repainted
from command_cases import MAP, ROOT, plain_output, run

from atlas.export.provenance import provenance_in
from atlas.rendering.sealing import public_key_text, read_signing_key

Export = list[str]
SMALL_MAP: Export = [*MAP, "--format", "lien-1200x630"]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """An image as the command writes it."""
    target = tmp_path / "corse.png"
    assert run(*SMALL_MAP, "--out", str(target)).exit_code == 0
    return target


def test_each_image_has_its_verdict_and_the_worst_gives_the_code(exported, tmp_path):
    assert run("verify", str(exported)).exit_code == 0
    false, other = tmp_path / "fausse.png", tmp_path / "autre.svg"
    false.write_bytes(
        repainted(exported.read_bytes(), lambda picture: picture.paste("red", (9, 9, 60, 60)))
    )
    other.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert run("verify", str(other), str(tmp_path / "absente.png")).exit_code == 7
    result = run("verify", "--json", *map(str, (exported, false, other)))
    assert result.exit_code == 5
    told = json.loads(result.output)
    assert [one["state"] for one in told] == ["certified", "modified", "unknown"]
    assert [Path(one["file"]).name for one in told] == ["corse.png", "fausse.png", "autre.svg"]
    (place,) = told[1]["drawing"]["places"]
    assert place[1] == "en haut à gauche" and told[1]["values"]["state"] == "current"


def test_what_a_person_reads_says_where(exported):
    exported.write_bytes(
        repainted(exported.read_bytes(), lambda picture: picture.paste("red", (9, 9, 60, 60)))
    )
    text = plain_output(run("verify", str(exported)))
    assert "Image modifiée : " in text and "1. en haut à gauche" in text
    assert "À jour" not in text and "Elle n’est pas signée." in text


# --- keys ----------------------------------------------------------------------------------------


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "agence.pem"
    assert run("signing-key", "new", str(path)).exit_code == 0
    return path


def test_a_key_is_made_for_its_owner_alone_and_prints_what_others_need(tmp_path):
    path = tmp_path / "agence.pem"
    result = run("signing-key", "new", str(path))
    assert result.exit_code == 0 and stat.S_IMODE(path.stat().st_mode) == 0o600
    (public,) = re.findall(r'public_key: "([^"]+)"', result.output)
    assert public == public_key_text(read_signing_key(path)) and "PRIVATE" not in result.output


def test_a_key_is_never_replaced_nor_written_in_the_program(key):
    before = key.read_bytes()
    result = run("signing-key", "new", str(key))
    assert result.exit_code == 4 and key.read_bytes() == before
    inside = ROOT / "cle.pem"
    result = run("signing-key", "new", str(inside))
    assert result.exit_code == 2 and not inside.exists() and "programme" in result.output
    assert run("signing-key", "new", str(key / "x.pem")).exit_code == 2


def test_an_image_is_signed_when_the_environment_names_a_key(
    copy_of_project, tmp_path, key, edit, monkeypatch
):
    monkeypatch.setenv("ATLAS_SIGNING_KEY", str(key))
    target, here = tmp_path / "corse.svg", ["--project", str(copy_of_project)]
    export = [*SMALL_MAP, "--kind", "svg", "--out", str(target), *here]
    assert run(*export).exit_code == 0
    assert provenance_in(target.read_bytes()).rendering.signature
    assert "ne connaît pas" in run("verify", str(target), *here).output
    public = public_key_text(read_signing_key(key))
    agencies = f'agencies:\n    essai: {{name: "Agence d’essai", public_key: "{public}"}}'
    edit("config/server.yaml", "agencies: {}", agencies)
    result = run("verify", str(target), *here)
    assert result.exit_code == 0
    assert "signée par la clé de « Agence d’essai »" in plain_output(result)


@pytest.mark.parametrize("spoil", ["absent", "mode", "text"])
def test_an_image_is_not_exported_unsigned_when_its_key_cannot_be_used(
    tmp_path, key, monkeypatch, spoil
):
    if spoil == "absent":
        key.unlink()
    elif spoil == "mode":
        key.chmod(0o644)
    else:
        key.write_text("bonjour")
    monkeypatch.setenv("ATLAS_SIGNING_KEY", str(key))
    target = tmp_path / "corse.svg"
    result = run(*SMALL_MAP, "--kind", "svg", "--out", str(target))
    assert result.exit_code == 3 and not target.exists()
    assert "L’image n’a pas pu être signée : " in result.output


@pytest.mark.parametrize(
    "old, new, where",
    [
        ('key_file: ""', "key_file: cle.pem", "chemin entier"),
        ("agencies: {}", "agencies: {essai: {name: Essai, public_key: AAAA}}", "clé publique"),
    ],
)
def test_a_signature_that_is_set_up_wrong_is_a_problem_of_its_file(
    copy_of_project, edit, old, new, where
):
    edit("config/server.yaml", old, new)
    result = run("config", "check", "--project", str(copy_of_project))
    assert (
        result.exit_code == 1 and where in result.output and "config/server.yaml" in result.output
    )
