"""Whole French sentences of values, with their period: the grammar behind notes de lecture, key
figures, press texts and slides. Pure functions; what differs from one indicator or corridor to
another is in the configuration."""
