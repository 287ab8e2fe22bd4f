"""What pages share: the context of their figures, URL widgets, the figure frame, messages."""
