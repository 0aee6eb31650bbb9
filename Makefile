# One command each: `make demo`, `make test`, `make lint`. Everything they need is installed into .venv by these rules.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GENERATED := README.md docs/*.md examples/datasette/metadata.yml

.PHONY: demo test test-web screenshots soak fuzz lint docs bench bench-reading bench-store bench-stories bench-publish clean

demo: $(VENV)/.base
	$(BIN)/scrapy demo

test: $(VENV)/.test
	$(BIN)/python -m pytest

# The store read from outside while a crawl writes: by PHP, Node, Go, Datasette and the sqlite3 program, as docs/store.md
# shows it. The published site in a browser, and held against checkers of HTML, accessibility, feeds and sitemaps.
# What is missing is installed: Debian's packages (as root or through sudo), PyPI's, npm's.
test-web: $(VENV)/.web
	sh tests/web/install.sh
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest --no-loadscope-reorder tests/web

# Pictures of the demo's site in build/screenshots: home, topic, article, search, on a desk and on a phone, light and dark.
screenshots: $(VENV)/.web
	sh tests/web/install.sh
	$(BIN)/scrapy demo
	PATH="$(CURDIR)/$(BIN):$$PATH" PYTHONPATH=tests:tests/store $(BIN)/python tests/web/screenshots.py data/demo/site build/screenshots

# Six minutes: a newsroom lives for seven simulated days, a run an hour; a hundred runs are killed.
soak: $(VENV)/.test
	$(BIN)/python tests/soak/soak_week.py
	$(BIN)/python tests/soak/soak_kills.py

# Wild bytes for each door that lets words in, a minute a door; finds are left in build/fuzz. FUZZ_SECONDS=600 for more.
fuzz: $(VENV)/.fuzz
	PYTHONPATH=tests $(BIN)/python -m fuzz

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cog --check -I . $(GENERATED)

# Writes the generated parts of the docs anew; `make lint` says when that is due.
docs: $(VENV)/.lint
	$(BIN)/cog -r -I . $(GENERATED)

bench: $(VENV)/.test
	$(BIN)/python benchmarks/datelines.py
	$(BIN)/python benchmarks/reading.py --generic
	$(BIN)/python benchmarks/pathological.py
	$(BIN)/python benchmarks/crawl.py

# Ten minutes: the reader against its floor, each site left out in turn.
bench-reading: $(VENV)/.test
	$(BIN)/python benchmarks/reading.py --generic --by language
	$(BIN)/python benchmarks/reading.py --floor
	$(BIN)/python benchmarks/reading.py --folds

# Half an hour and 15 GB: the store at a million articles, a run without news, the disk that articles take.
bench-store: $(VENV)/.test
	$(BIN)/python benchmarks/growth.py --write
	$(BIN)/python benchmarks/no_news.py --write

# A quarter of an hour and 3 GB: versions of one story found, unlike ones left alone, and the cost at 100,000 articles.
bench-stories: $(VENV)/.test
	$(BIN)/python benchmarks/stories.py --articles 100000 --write

# Half an hour and 6 GB: the reprint site of 100,000 articles from nothing, and again after 100 changes.
bench-publish: $(VENV)/.test
	$(BIN)/python benchmarks/publish.py --write

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis data/demo examples/node/node_modules tests/web/node_modules

# The pip that comes with Python 3.11 drops some extras silently: it is upgraded inside the environment first.
$(VENV)/.base: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "newscrawl needs Python 3.11 or later; say which with: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.base
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

$(VENV)/.web: $(VENV)/.test examples/node/package-lock.json tests/web/package-lock.json
	$(BIN)/python -m pip install --quiet --editable '.[test,web]'
	cd examples/node && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent
	cd tests/web && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent
	@touch $@

$(VENV)/.fuzz: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --editable '.[test,fuzz]'
	@touch $@

$(VENV)/.lint: $(VENV)/.base
	$(BIN)/python -m pip install --quiet --editable '.[test,lint]'
	@touch $@
