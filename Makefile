# make run [FEEDS=my.opml]   one run, on the bundled samples or on the feeds of an OPML file
# make test                  everything the tests need, then the tests
# make up [PORT=8080]        Airflow for daily use, until Ctrl-C
# make check                 lint, types, import contracts
# make docs                  the documentation site, in var/site; a broken link fails
# make benchmark             how fast extraction is here, beside spaCy and natasha
# make peers                 all that is measured beside others in one run: extraction, feeds, trend queries (some minutes)
# make parsing [FEEDS=dir]   how fast feeds are read and cleaned here, beside feedparser alone
# make politeness            a simulated week of 1,000 feeds, beside a poller (about ten minutes)
# make runs                  how long a chunk takes, and a run over 150 feeds by Airflow (some minutes)
# make scale                 backfills of archives of up to a million articles (an hour or two)
# make day                   a day of runs over 300 feeds by Airflow (most of an hour)
# make pages                 how long each page takes at a million articles, in a browser too
# make upkeep                what upkeep takes and saves: the archive of a month, nights over two years (some minutes)
# make fuzz [SECONDS=600]    coverage-guided fuzzing of the readers of feeds, HTML, OPML and TOML, so many seconds each
# make mutated [FEEDS=dir]   10,000 mutated feeds through the reader (some minutes)
# make lock                  after a change of dependencies: the locks with their hashes, and the page of licences
# make wheel                 the wheel of the last commit, in dist; the same bytes wherever it is built
# make sbom                  the bill of materials of an installation, in dist
# make audit                 known vulnerabilities of all that is locked (asks the package index)
# make trends                how long each trend view takes on a million articles (some minutes, 2 GB of disk)

PYTHON ?= python3
PORT ?= 8080
SECONDS ?= 15
# One more than there are cores: some tests wait for a server, a browser or a clock.
PROCESSES ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
BIN := .venv/bin
# Some containers have it set: each of the hundreds of processes of the tests would then compile the package again.
unexport PYTHONDONTWRITEBYTECODE
# Beside the package it would count as a second installation, whose plugin Airflow then reports as an error.
LEFT_BY_BUILD := plugins/media_monitor.egg-info

.PHONY: run up test check docs benchmark parsing politeness runs trends scale day pages upkeep peers fuzz mutated lock wheel sbom audit

run: .venv/run
	@$(BIN)/python -m media_monitor.launch once $(if $(FEEDS),--feeds "$(FEEDS)")

up: .venv/run
	@$(BIN)/python -m media_monitor.launch up --port $(PORT)

test: .venv/test
	$(BIN)/pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder

check: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: .venv/test
	$(BIN)/python -m website.build

benchmark: .venv/test .venv-peers/ready
	$(BIN)/python benchmarks/extraction.py --peers .venv-peers/bin/python

parsing: .venv/test
	$(BIN)/python benchmarks/collecting.py $(FEEDS)

politeness: .venv/test
	$(BIN)/python benchmarks/politeness.py

runs: .venv/test
	$(BIN)/python benchmarks/runs.py --scheduler

trends: .venv/test
	$(BIN)/python benchmarks/trends.py
	$(BIN)/python benchmarks/trends.py --articles 100000

peers: benchmark parsing
	$(BIN)/python benchmarks/queries.py

scale: .venv/test
	$(BIN)/python benchmarks/scale.py

day: .venv/test
	$(BIN)/python benchmarks/day.py

pages: .venv/test
	PYTHONPATH=. $(BIN)/python benchmarks/pages.py

upkeep: .venv/test
	PYTHONPATH=. $(BIN)/python benchmarks/upkeep.py

.venv-peers/ready: benchmarks/peers.txt
	$(PYTHON) -m venv .venv-peers
	@.venv-peers/bin/pip install --quiet --disable-pip-version-check -r benchmarks/peers.txt
	@touch $@

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "media-monitor needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv .venv

# Every file is checked against its hash, that of setuptools too, with which the few packages without a wheel are built.
# Python compiles what is used when it is first used, a small part of what is installed.
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-compile
LOCKED := $(INSTALL) --require-hashes -r requirements.lock

.venv/run: .venv/bin/pip requirements.lock setup.cfg pyproject.toml
	@echo "Installing into .venv (a few minutes, once) ..."
	@$(LOCKED) --only-binary :all:
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@rm -rf $(LEFT_BY_BUILD)
	@touch $@

.venv/test: .venv/run requirements-dev.lock
	@$(LOCKED) --no-build-isolation -r requirements-dev.lock
	@touch $@

fuzz: .venv/test
	$(BIN)/python -m fuzz.run --seconds $(SECONDS)

mutated: .venv/test
	$(BIN)/python -m fuzz.mutated $(FEEDS)

lock: .venv/test
	$(BIN)/python -m release.lock
	$(BIN)/python -m release.licences > docs/licences.md

wheel: .venv/test
	$(BIN)/python -m release.wheel dist

sbom: .venv/test
	$(BIN)/python -m release.sbom dist/sbom.cdx.json

audit: .venv/test
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.lock
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements-dev.lock
