"""One territory among those like it: strip, bars of its peers, facts in words."""
