"""What deploy/ ships is true of the program that it serves."""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from pathlib import Path

import streamlit

ROOT = Path(__file__).parents[1]
NGINX = (ROOT / "deploy/nginx/atlas.conf").read_text("utf-8")
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
    assert len(scripts_written_in_pages()) == 3


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
