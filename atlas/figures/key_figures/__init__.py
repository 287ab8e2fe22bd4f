"""Key figures: one value with its change, its source and the nation's."""
