"""Statistical secrecy: what may not be shown, nor computed from what is shown, is taken out.

primary suppression by the rules of config.yaml (rules.py), then whatever else has to be hidden so
that the relations between figures (relations.py) do not give it back (closing.py, ranges.py).
"""

from atlas.disclosure.suppression import CellFinder, hidden_cells, suppress

__all__ = ["CellFinder", "hidden_cells", "suppress"]
