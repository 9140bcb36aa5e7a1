# Cunzheng 存证. Every target sets up what it needs by itself, and is quick when nothing changed.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
COMPARED := .venv/bench/ready
FUZZER := .venv/fuzz
WORKERS ?= 2

# Where it is set, each process that a story begins compiles the whole project anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test test-all fuzz scorecard crawl serve check format bench postgresql browser clean

help:
	@echo "make demo                 a small site on this machine, archived over three days"
	@echo "make test                 all tests and checks"
	@echo "make test-all             the same with the very many variants of some of them"
	@echo "make fuzz                 the readers under a fuzzer that follows their branches"
	@echo "make scorecard            the stories of faults, and docs/reliability.md from what they counted"
	@echo "make crawl SITE=http://…  archive a site"
	@echo "make serve                the reading room on http://127.0.0.1:8000/"
	@echo "make bench                what a night costs, what revisits find, whether a year is told as it was, what it takes of a disk, how well pages are read"
	@echo "make setup                only set up"

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

demo: $(READY)
	@$(BIN)/cunzheng demo

crawl: $(READY)
	@test -n "$(SITE)" || { echo "say which: make crawl SITE=http://www.example.gov.cn/"; exit 2; }
	@$(BIN)/scrapy crawl hanweb -a url="$(SITE)"

serve: $(READY)
	@$(BIN)/cunzheng serve

test: check postgresql browser
	$(BIN)/python -m pytest -n $(WORKERS) -m "not heavy"

test-all: check postgresql browser
	-@$(MAKE) --no-print-directory $(FUZZER)/atheris
	$(BIN)/python -m pytest -n $(WORKERS)

fuzz: $(FUZZER)/atheris
	$(BIN)/python -m pytest -n $(WORKERS) tests/fuzz

# Beside the project: it has wheels for few Pythons. Where it cannot be had, its stories skip.
$(FUZZER)/atheris: requirements-fuzz.lock | $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade --target $(FUZZER) -r requirements-fuzz.lock
	touch $@

# Every story of a fault, the heavy ones too, and docs/reliability.md from what they counted.
# SCORED="(fault or trap) and not heavy" takes a few minutes instead of hours.
SCORED ?= fault or trap
scorecard: $(READY) postgresql browser
	@mkdir -p var
	-$(BIN)/python -m pytest -n $(WORKERS) -m "$(SCORED)" --scores var/scores.json
	$(BIN)/python -m tests.scoring.card var/scores.json > docs/reliability.md

# Debian's packages and one of npm's, for the tests alone; where they cannot be had, the tests that
# need them skip.
postgresql:
	@tests/postgres/install.sh

browser:
	@tests/reading_room/browser/install.sh

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) $(COMPARED)
	$(BIN)/python -m benchmarks.incremental
	$(BIN)/python -m benchmarks.revisit
	$(BIN)/python -m benchmarks.year
	$(BIN)/python -m benchmarks.space
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.questions --articles 10000
	$(BIN)/python -m benchmarks.crawling --articles 1000 --sample 60
	$(BIN)/python -m benchmarks.night --articles 10000

# The other readers, apart from the project: their requirements contradict its own.
$(COMPARED): requirements-bench.lock | $(READY)
	$(PYTHON) -m venv .venv/bench
	.venv/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	touch $(COMPARED)

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
