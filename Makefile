# `make run` serves the dashboard, `make test` runs every check. Both install what they need.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN = $(VENV)/bin
PORT ?= 8501

.PHONY: run demo test check lint types browser figures screenshots clean

run: $(VENV)/run.stamp
	$(BIN)/streamlit run app.py --server.port $(PORT)

# The whole of France, on invented figures that every image says are fictitious.
demo: $(VENV)/run.stamp
	ATLAS_DEMO=1 $(BIN)/streamlit run app.py --server.port $(PORT)

test: lint types browser
	$(BIN)/python -m pytest -n 2 --dist loadscope

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .

types: $(VENV)/test.stamp
	$(BIN)/mypy

# The data files, config.yaml and the outlines, then whether figures agree, without a browser.
check: $(VENV)/run.stamp
	$(BIN)/python -m atlas check-files
	$(BIN)/python -m atlas check --severity erreur

figures: $(VENV)/run.stamp
	$(BIN)/python -m atlas figures --format csv

# Debian's Chromium when root (a machine of continuous integration), else Playwright's own.
browser: $(VENV)/test.stamp
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	else \
		$(BIN)/playwright install chromium; \
	fi

# The pictures of the README, from the running dashboard.
screenshots: browser
	$(BIN)/python tools/screenshots.py

$(VENV)/run.stamp: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) static/geo demo .pytest_cache .mypy_cache .ruff_cache
