"""The same territories at two dates, and what changed between them."""
