# `make run` serves the dashboard, `make test` runs every check. Both install what they need.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN = $(VENV)/bin
PORT ?= 8501
# Of `make serve`: the machines that may connect, and the path under which a proxy shows it.
ADDRESS ?= 0.0.0.0
BASE_PATH ?=
# Several share the work of `make serve` behind nginx: one for each core is enough.
PROCESSES ?= 1
# Wheels, whose hash is in the lock: installing them runs no code of theirs.
PIP = $(BIN)/pip --quiet --disable-pip-version-check install --only-binary :all:
# Made for two cores: a third process computes while others wait for a browser. A module stays in one
# process, which makes what is dear in it once.
PYTEST_OPTIONS = -n 3 --dist loadscope --no-loadscope-reorder
PYTEST = $(BIN)/python -m pytest $(PYTEST_OPTIONS)
LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --annotation-style line --custom-compile-command "make lock"

DPKG_STATUS ?= /var/lib/dpkg/status
APT = apt-get -qq -o Dir::State="$$PWD" -o Dir::Cache="$$PWD" -o APT::Sandbox::User=

# Set in many containers; the dozens of processes that tests start would each compile all anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run serve demo test cases shuffle faults bench fuzz fuzz-imports accessibility coverage check lint types browser nginx postgresql test-deploy figures screenshots contact-sheets references references-check lock hooks clean

# For this machine alone; prints the address that administers it.
run: $(VENV)/run.stamp
	$(BIN)/python -m atlas run --port $(PORT)

# For others, without a token: who may write signs in (docs/serve-it.md).
serve: $(VENV)/run.stamp $(if $(filter-out 1,$(PROCESSES)),nginx)
	$(BIN)/python -m atlas serve --address $(ADDRESS) --port $(PORT) --base-path "$(BASE_PATH)" \
		--processes $(PROCESSES)

# The whole of France, on invented figures that every image says are fictitious.
demo: $(VENV)/run.stamp
	ATLAS_DEMO=1 $(BIN)/python -m atlas run --port $(PORT)

# Types beside the cases: a first run of mypy takes more than a minute of one processor.
test: lint browser nginx postgresql
	$(MAKE) --no-print-directory --jobs 2 types cases

cases: $(VENV)/test.stamp
	$(PYTEST)

# The same cases in an order that nobody chose; the first line says how to have it again.
shuffle: browser nginx postgresql
	$(PYTEST) --random-order

# Real faults: full disks, signals, read-only folders, hostile visitors; the long ones too. One
# process: a fault that stops a server or fills a disk is no neighbour for another.
faults: browser nginx
	$(BIN)/python -m pytest -m "long or not long" tests/faults
	$(BIN)/python -m pytest -m long --ignore tests/faults --ignore tests/deploy --ignore tests/references

# What deploy/ is made of, whole: several processes behind nginx in a real Chromium, processes that are
# killed and replaced, figures in a database. `make test` has a short part of it.
test-deploy: browser nginx postgresql
	$(BIN)/python -m pytest -m "long or not long" tests/deploy tests/supervision \
		tests/observations/test_postgresql.py tests/test_deploy.py

# Every reader of what comes from outside on thousands of spoilt inputs: counts by outcome, and
# the seed of each that is wrong. TARGET=workbooks for one of them alone.
COUNT ?= 2000
SEED ?= 1
TARGET ?=
fuzz: $(VENV)/test.stamp
	PYTHONPATH=.:tests:tests/importing:tests/faults $(BIN)/python tests/faults/fuzz.py \
		--count $(COUNT) --seed $(SEED) $(TARGET)

# Generated tables through the import: counts by outcome, and the seed of each that is wrong.
fuzz-imports: $(VENV)/test.stamp
	PYTHONPATH=. $(BIN)/python tests/importing/fuzz_imports.py --count $(COUNT)

# Everything that bench/README.md tells of, about a quarter of an hour of a machine that does nothing
# else: bench/RESULTS.md. In an environment of its own, for the peers. BENCH="--only sessions" for a part.
BENCH ?=
BENCH_PIP = $(VENV)-bench/bin/pip --quiet --disable-pip-version-check install --only-binary :all:
bench: $(VENV)-bench/bench.stamp browser
	$(VENV)-bench/bin/python -m bench --out bench/RESULTS.md $(BENCH)

$(VENV)-bench/bench.stamp: requirements-dev.txt bench/requirements.txt
	$(PYTHON) -m venv $(VENV)-bench
	$(BENCH_PIP) --require-hashes -r requirements.txt
	$(BENCH_PIP) --no-binary odfpy --no-build-isolation --require-hashes -r requirements-dev.txt
	$(BENCH_PIP) -r bench/requirements.txt
	touch $@

# Every page in every mode, by axe-core, and how far colours are apart: docs/accessibility.md.
accessibility: browser
	PYTHONPATH=.:tests $(BIN)/python tests/accessibility_report.py

# Which lines no test runs. Not part of `make test`, which it would make a third longer.
coverage: browser nginx postgresql
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PYTEST_OPTIONS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

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

# Debian's nginx, for the tests of deploy/nginx: unpacked and not installed, so that it needs no root
# and serves nothing by itself. On other systems, that of the machine.
nginx: $(VENV)/run.stamp
	@test -x $(VENV)/nginx/usr/sbin/nginx || \
	if command -v apt-get >/dev/null; then \
		mkdir -p $(VENV)/apt/lists/partial $(VENV)/apt/archives/partial && cd $(VENV)/apt && \
		$(APT) update && $(APT) download nginx && dpkg -x nginx_*.deb ../nginx; \
	else \
		command -v nginx >/dev/null || { echo "Installez nginx, que les tests font tourner." >&2; exit 1; }; \
	fi

# Debian's PostgreSQL, for the tests of figures in a database: unpacked and not installed, as nginx is,
# with the libraries that are not there. That of the machine when it has one.
postgresql: $(VENV)/run.stamp
	@ls /usr/lib/postgresql/*/bin/initdb $(VENV)/postgresql/usr/lib/postgresql/*/bin/initdb \
		>/dev/null 2>&1 || command -v initdb >/dev/null || \
	if command -v apt-get >/dev/null; then \
		mkdir -p $(VENV)/apt-postgresql/lists/partial $(VENV)/apt-postgresql/archives/partial && \
		cd $(VENV)/apt-postgresql && $(APT) update && \
		$(APT) -o Dir::State::status=$(DPKG_STATUS) -o Debug::NoLocking=1 \
			install --download-only --yes --no-install-recommends postgresql && \
		for package in archives/*.deb; do dpkg -x "$$package" ../postgresql || exit 1; done; \
	else \
		echo "Installez PostgreSQL, que les tests font tourner." >&2; exit 1; \
	fi

# The pictures of the README, from the running dashboard.
screenshots: browser
	$(BIN)/python tools/screenshots.py

# Every type of figure in every format, to be looked at: docs/figures.
contact-sheets: browser
	$(BIN)/python tools/contact_sheets.py

# Reference images: of every figure in every format and of every page at four widths, light and dark.
# The first keeps anew those that differ, the second compares: what differs is in test-results/, old,
# new and difference side by side. Both look at the layout of every page, too. ONLY=couloirs for what
# has it in its name.
ONLY ?=
REFERENCES = $(BIN)/python -m pytest -n 2 --dist load -m "long or not long" \
	$(if $(ONLY),-k "$(ONLY)") tests/references

references: browser
	$(REFERENCES) --renew-references

references-check: browser
	$(REFERENCES)

# Both locks anew, after pyproject.toml changed. Versions that still fit stay.
lock: $(VENV)/test.stamp
	$(LOCK) --extra build --output-file requirements.txt
	$(LOCK) --extra build --extra test --extra dev --constraints requirements.txt \
		--output-file requirements-dev.txt

# Before each commit: format, lint, schema, no large file.
hooks: $(VENV)/test.stamp
	$(BIN)/pre-commit install

$(VENV)/run.stamp: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

# odfpy has no wheel: the locked setuptools builds it, and not the newest of the day.
$(VENV)/test.stamp: $(VENV)/run.stamp requirements-dev.txt
	$(PIP) --no-binary odfpy --no-build-isolation --require-hashes -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) $(VENV)-bench static/geo demo .prepared .pytest_cache .mypy_cache .ruff_cache .coverage*
