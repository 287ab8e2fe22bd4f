"""The command that lists licences: nothing is left out, and nothing binds the code that uses it."""

from __future__ import annotations

import re

import pytest
from command_cases import ROOT, plain_output, run

from atlas.cli.licences import NOT_SAID, SHIPPED_PARTS, licence_of, locked_packages

PACKAGES = {package.metadata["Name"]: licence_of(package) for package in locked_packages()}
# GPL and AGPL, whose terms reach what is linked with them; not LGPL, nor with an exception.
STRONG_COPYLEFT = re.compile(
    r"\bA?GPL(?!.*\bexception)|(?<!Lesser )(?<!Library )\bGeneral Public License", re.IGNORECASE
)
FOLDERS_OF_OTHERS = ("static", "geo", "templates", "data")
# Made by the program, and what the last imports replaced.
MADE = ("static/geo/", "data/.precedent/")


def binds(licence: str) -> bool:
    """Whether no choice that a licence leaves is free of a strong copyleft."""
    return all(STRONG_COPYLEFT.search(choice) for choice in licence.split(" OR "))


@pytest.mark.parametrize(
    ("licence", "bound"),
    [
        ("AGPL-3.0-only", True),
        ("MIT AND GPL-3.0-or-later", True),
        ("GNU Affero General Public License v3", True),
        ("GNU General Public License v2 or later (GPLv2+)", True),
        ("Artistic License OR GNU General Public License (GPL)", False),
        ("LGPL-2.1-or-later", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("BSD-3-Clause", False),
    ],
)
def test_a_strong_copyleft_is_known(licence: str, bound: bool) -> None:
    assert binds(licence) == bound


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_says_its_licence_and_its_terms_do_not_reach_this_code(name: str) -> None:
    assert PACKAGES[name] != NOT_SAID and not binds(PACKAGES[name])


def test_every_package_of_the_lock_is_listed_with_its_licence() -> None:
    lines = plain_output(run("licences"))
    assert len(PACKAGES) > 60
    for name, licence in PACKAGES.items():
        assert re.search(rf"{re.escape(name)} [^ ]+ : {re.escape(licence)}", lines)


def test_every_file_that_is_not_code_belongs_to_a_part_that_is_listed() -> None:
    files = [
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS_OF_OTHERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    ]
    parts = tuple(part.path for part in SHIPPED_PARTS)
    assert [file for file in files if not file.startswith(parts + MADE)] == []


def test_every_part_that_is_shipped_is_listed_and_its_licence_is_there() -> None:
    listed = plain_output(run("licences"))
    for part in SHIPPED_PARTS:
        assert f"{part.name} ({part.path}) : {part.licence}" in listed
        assert (ROOT / part.path).exists() and (ROOT / part.licence_file).is_file()
    assert {"static/fonts/", "geo/", "templates/icons/"} <= {part.path for part in SHIPPED_PARTS}


def test_the_texts_of_the_licences_are_written_on_demand() -> None:
    short, whole = run("licences"), run("licences", "--texts")
    assert short.exit_code == whole.exit_code == 0
    for words in (
        "SIL OPEN FONT LICENSE Version 1.1",
        "Redistribution and use in source and binary forms",
        "Copyright (c) 2021 Resolve to Save Lives",
        "Licence Ouverte 2.0",
    ):
        assert words in plain_output(whole)
    assert len(whole.output) > 20 * len(short.output)
