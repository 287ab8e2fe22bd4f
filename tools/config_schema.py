"""Write config.schema.json, with which editors check config.yaml as one types.

``python tools/config_schema.py`` writes it; ``--check`` only says whether it is up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "config.schema.json"


def main() -> None:
    """Write the schema, or check it; the exit code is 1 when it should be written again."""
    sys.path.insert(0, str(ROOT))
    from atlas.settings.schema import schema_text

    if "--check" not in sys.argv:
        TARGET.write_text(schema_text(), "utf-8")
    elif not TARGET.is_file() or TARGET.read_text("utf-8") != schema_text():
        sys.exit(f"{TARGET.name} is out of date: run python tools/config_schema.py")


main()
