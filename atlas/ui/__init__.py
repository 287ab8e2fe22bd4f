"""What several pages share: the desk, controls that live in the URL, the figure frame, messages."""
