"""The map in three dimensions: rates as extruded territories, counts as columns."""
