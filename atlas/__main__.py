"""``python -m atlas``."""

from atlas.cli import app

app()
