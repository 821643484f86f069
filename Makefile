# The targets are exactly what CI runs; `make quality` and `make bench` need data or time and run by hand.
.PHONY: check lint types layers generated cases test quality bench

check: lint types layers generated cases

lint:
	ruff check .

types:
	mypy

layers:
	lint-imports --config setup.cfg

generated:
	python -m tools.generate --check

cases:
	pii-guard rules test

test:
	pytest

# the labelled texts lie outside of the project: PII_GUARD_EVAL_DATA=/path/to/data make quality
quality:
	pytest tests/quality -q -s

bench:
	python -m benchmarks.throughput
	python -m benchmarks.startup
	python -m benchmarks.growth
	python -m benchmarks.judging
	python -m benchmarks.documents
