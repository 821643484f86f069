"""The gate of this repository on itself can be used as it is committed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pii_guard import config
from pii_guard.baseline import key as keys
from pii_guard.baseline.entries import load

ROOT = Path(__file__).parents[2]
GATE = ROOT / ".ci" / "own-gate.yaml"


def test_its_key_is_the_key_of_its_baseline() -> None:
    settings = config.load(GATE)
    assert settings.baseline is not None
    assert settings.key is not None
    assert load(settings.baseline).key_id == keys.key_id(settings.key)


def test_its_exceptions_have_reasons_and_places_that_exist() -> None:
    for entry in config.load(GATE).allow:
        assert entry.reason
        assert (ROOT / entry.path.partition("*")[0]).is_dir()


@pytest.mark.parametrize("arguments", ["hook -c .ci/own-gate.yaml", "hook --commit-msg"])
def test_the_hooks_are_set(arguments: str) -> None:
    content = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"] for repository in content["repos"] for hook in repository["hooks"]]
    assert f"pii-guard {arguments}" in entries
