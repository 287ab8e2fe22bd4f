"""An indicator over time."""
