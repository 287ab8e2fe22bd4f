"""What deploy/ ships is true of the program that it serves."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tomllib
from pathlib import Path

import streamlit
from browsing import SHIPPED
from typer.testing import CliRunner

import atlas.supervision.last_kits
from atlas.cli import app

ROOT = Path(__file__).parents[1]
NGINX = (ROOT / "deploy/nginx/atlas.conf").read_text("utf-8")
CONTAINER = (ROOT / "deploy/Containerfile").read_text("utf-8")
UNIT = (ROOT / "deploy/systemd/atlas@.service").read_text("utf-8")
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def scripts_written_in_pages() -> list[str]:
    """Those of Streamlit's page and of app.py: a policy lets them run by their hash alone."""
    page = Path(streamlit.__file__).with_name("static") / "index.html"
    return SCRIPT.findall(page.read_text("utf-8")) + SCRIPT.findall(
        (ROOT / "app.py").read_text("utf-8")
    )


def test_the_policy_lets_the_scripts_that_are_written_in_pages_run_and_no_other():
    hashes = {
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in scripts_written_in_pages()
    }
    assert set(re.findall(r"'sha256-([^']+)'", NGINX)) == hashes
    assert len(scripts_written_in_pages()) == 1


def test_the_policy_names_no_other_host_and_no_evaluation_of_texts():
    (policy,) = re.findall(r'Content-Security-Policy "([^"]+)"', NGINX)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'" and rules["frame-ancestors"] == "'none'"
    words = {word for rule in rules.values() for word in rule.split()}
    assert {word for word in words if not word.startswith("'")} == {"blob:", "data:"}
    assert "'unsafe-eval'" not in words and "'unsafe-inline'" not in rules["script-src"]


def test_the_parts_of_deploy_name_the_same_path_and_ports():
    (path,) = set(re.findall(r"--server\.baseUrlPath (\S+)", UNIT))
    secrets = tomllib.loads((ROOT / "deploy/secrets.example.toml").read_text("utf-8"))
    assert f"/{path}/oauth2callback" in secrets["auth"]["redirect_uri"]
    assert set(re.findall(r"(?:location|Path=)[ =]*/(\w+)", NGINX)) == {path}
    ports = set(re.findall(r"server 127\.0\.0\.1:(\d+)", NGINX))
    assert ports == set(re.findall(r"atlas@(\d+)", UNIT))


def test_each_part_of_the_proxy_sends_a_browser_to_the_process_that_its_cookie_names():
    ports = re.findall(r"server 127\.0\.0\.1:(\d+);", NGINX)
    for port in set(ports):
        assert re.search(rf"{port} +atlas_{port};", NGINX)
        assert re.search(rf"upstream atlas_{port} {{[^}}]*server 127\.0\.0\.1:{port};", NGINX)
    assert "proxy_pass http://atlas;" not in NGINX


def test_a_process_is_stopped_once_nobody_waits_for_its_kits():
    (path,) = set(re.findall(r"--server\.baseUrlPath (\S+)", UNIT))
    module = atlas.supervision.last_kits.__name__
    (waiting,) = re.findall(r"ExecStop=(.*)", UNIT)
    assert waiting == f"/srv/atlas/.venv/bin/python -m {module} %i {path}"
    (seconds,) = re.findall(r"TimeoutStopSec=(\d+)", UNIT)
    assert int(seconds) > atlas.supervision.last_kits.MAX_SECONDS_OF_LAST_KITS


def test_a_container_holds_all_that_a_server_reads_and_starts_one():
    copied = [
        source for line in re.findall(r"(?m)^COPY (.*)$", CONTAINER) for source in line.split()[:-1]
    ]
    assert [source for source in copied if not (ROOT / source).exists()] == []
    made_in_it = {"static/geo", "demo"}
    held = [name for name in SHIPPED if name not in made_in_it and name != ".streamlit"]
    assert [name for name in held if not {name, name.split("/")[0]} & set(copied)] == []
    (command,) = re.findall(r"(?m)^CMD (\[.*\])$", CONTAINER)
    program, *arguments = json.loads(command)
    assert (program, arguments[:2]) == ("python", ["-m", "atlas"])
    assert CliRunner().invoke(app, [*arguments[2:], "--help"]).exit_code == 0
