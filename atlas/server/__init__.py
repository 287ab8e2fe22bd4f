"""What stands around the pages: the application that Streamlit serves, its health, its limits, its
log and its answers in French."""
