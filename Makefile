# Everything a person does with newswatch's source; `make demo` and `make test` set up what they need.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test oracle chaos soak check bench bench-feeds bench-scale bench-watch docs lock image clean

demo: $(READY)            ## serve the sample outlets on this machine, run the main job over them, show what came out
	$(BIN)/newswatch demo

test: $(READY)            ## all the tests (services are fetched and started where they can be)
	$(BIN)/python -m pytest -n auto --dist loadgroup

chaos: $(READY)           ## half an hour of faults for a watch: hosts, disk, files, kills; nothing may be lost or told twice
	NEWSWATCH_CHAOS_S=1800 $(BIN)/python -m pytest tests/chaos -q

oracle: $(READY)          ## 100,000 articles, late, copied, revised, killed, replayed: the alerts are those of a plain reference
	ORACLE_ITEMS=100000 $(BIN)/python -m pytest tests/oracle

soak: $(READY)            ## what takes long: big lists that change under load, memory over many documents
	$(BIN)/python -m pytest -q -m soak

check: $(READY)           ## ruff, mypy --strict, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)           ## what it costs, as ratios taken in one run; writes bench/RESULTS.md
	$(BIN)/python -m bench

bench-feeds: $(READY)     ## 10,000 feeds on 500 local hosts, some of which misbehave; writes bench/FEEDS.md
	$(BIN)/python -m bench.feeds

bench-scale: $(READY)     ## throughput by processes, each stage's cost, how much machine many feeds need; writes bench/SCALE.md
	$(BIN)/python -m bench.scale

bench-watch: $(READY)     ## how soon a watch tells, and what it costs to wait; writes bench/RESULTS-watch.md
	$(BIN)/python -m bench.watch

lock:                     ## resolve the dependencies anew, with hashes, for every supported Python
	$(PYTHON) -m pip install --quiet uv
	uv pip compile pyproject.toml --group dev --universal --python-version 3.10 --generate-hashes --no-annotate --no-header --quiet -o requirements.lock

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock  # it names them all; older pips warn of justext's extra
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $(READY)

clean:                    ## forget what was built
	rm -rf .venv build *.egg-info
