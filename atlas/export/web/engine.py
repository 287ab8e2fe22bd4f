"""Writes the drawing engine of the browser (Vega, Vega-Lite, vega-embed) on standard output.

A process of its own: vl-convert holds the interpreter's lock while it bundles them.
"""

from __future__ import annotations

import sys

import vl_convert as vlc


def main() -> None:
    """One ES module, without dependency or address; it puts vegaEmbed on the window."""
    sys.stdout.buffer.write(vlc.javascript_bundle("window.vegaEmbed = vegaEmbed;").encode())


if __name__ == "__main__":
    main()
