# Every target makes its own virtual environment if there is none; nothing needs to be installed by hand.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SAMPLE ?= samples/hoi-nghi-so-ket
# A folder of evaluation texts beside the checkout, where there is one.
EVAL ?= $(wildcard ../shared/eval)
# Word counts to rebuild the tables from; without them that test is skipped.
export NTM_REPAIR_COUNTS ?= $(abspath $(wildcard ../shared/counts))

.PHONY: demo test lint eval bench clean

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "ntm-repair needs Python 3.11 or newer; name one with make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

demo: $(READY)
	@echo "── $(SAMPLE).txt: what is damaged ──"
	@$(BIN)/ntm-repair scan $(SAMPLE).txt || test $$? -eq 1
	@echo
	@echo "── what the recorded decisions ($(SAMPLE).decisions.jsonl) change ──"
	@$(BIN)/ntm-repair clean --diff $(SAMPLE).txt || test $$? -eq 1
	@echo
	@echo "Next: $(BIN)/ntm-repair review YOUR-ARTICLE.txt"

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(READY)
	$(BIN)/python benchmarks/quality.py $(EVAL)

bench: $(READY)
	$(BIN)/python benchmarks/speed.py $(EVAL)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
