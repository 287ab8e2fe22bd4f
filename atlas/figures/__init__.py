"""Complete figures: each room turns a request into chart, table, caption and texts."""
