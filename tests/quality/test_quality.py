"""Recall, precision and false alarms on labelled texts that lie outside of this repository.

    PII_GUARD_EVAL_DATA=/path/to/data make quality

The folder holds dev/, neg/ and cases/; the scoring scripts are looked for beside it, in ../eval.  Without the
variable these tests skip and say so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DATA = os.environ.get("PII_GUARD_EVAL_DATA")
pytestmark = pytest.mark.skipif(not DATA, reason="PII_GUARD_EVAL_DATA is not set: quality was NOT measured")
ROOT = Path(DATA or ".")
PROJECT = Path(__file__).parent.parent.parent


def score(script, *args):
    command = [sys.executable, str(ROOT.parent / "eval" / script), *map(str, args)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(PROJECT)})
    sys.stdout.write(result.stdout)
    return result.stdout


@pytest.fixture(scope="module")
def contacts(tmp_path_factory):
    out = tmp_path_factory.mktemp("score") / "out.json"
    files = [ROOT / "dev" / f"{n}.jsonl" for n in ("hand_sms", "hand_mail", "hand_review", "contact_bdci")]
    score("score.py", *files, "--misses", "20", "--json", out)
    return json.loads(out.read_text(encoding="utf-8"))["TOTAL"]["families"]


@pytest.mark.parametrize(
    ("family", "least"), [("PHONE", 0.98), ("EMAIL_ADDRESS", 0.98), ("QQ", 0.98), ("BANK_CARD", 0.98), ("LANDLINE", 0.95)]
)
def test_contacts(contacts, family, least):
    assert contacts[family]["recall"] >= least
    assert contacts[family]["precision"] >= least


def test_no_false_alarms_in_service_dialogues(tmp_path):
    out = tmp_path / "out.json"
    score("score.py", ROOT / "dev" / "neg_jddc_sessions.jsonl", "--misses", "20", "--json", out)
    families = json.loads(out.read_text(encoding="utf-8"))["TOTAL"]["families"]
    numbers = {name: counts["false"] for name, counts in families.items() if name not in ("PERSON", "ADDRESS")}
    assert sum(numbers.values()) <= 1


def test_noise():
    last = score("score_noise.py", ROOT / "neg", "--show", "3").splitlines()[-1]
    for kind in ("RESIDENT_ID", "BANK_CARD", "MOBILE_PHONE"):
        assert kind not in last
    assert float(last.split("=")[1].split("per")[0]) <= 6.0
