"""Do the published figures agree with each other, whatever their roundings and qualifiers."""
