"""What two drawings must have in common to be compared point by point."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from atlas.rendering import fingerprint

# They check, seal and compare images, and draw nothing.
DRAWS_NOTHING = {"pydantic", "cryptography", "numpy"}
FOLDER = Path(fingerprint.__file__).parent


def imported_packages() -> set[str]:
    """Those that the drawing process takes from elsewhere, wherever in a module it imports them."""
    found = set()
    for module in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"atlas"}


def test_another_version_of_any_package_that_draws_is_another_program():
    distributions = packages_distributions()
    drawing = {distributions[package][0].lower() for package in imported_packages()}
    assert drawing - DRAWS_NOTHING <= set(fingerprint._PACKAGES)
