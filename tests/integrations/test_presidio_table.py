"""The table of types in docs is what the code says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pii_guard.integrations.presidio.names import PRESIDIO_NAMES
from pii_guard.integrations.presidio.names import SHARED
from pii_guard.integrations.presidio.names import recognizer_name
from pii_guard.scanner import Scanner

ROOT = Path(__file__).parent.parent.parent


def test_the_table_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_presidio_types.py"), "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_names_are_of_types_that_exist() -> None:
    types = set(Scanner().entities)
    assert set(PRESIDIO_NAMES) <= types
    assert set(SHARED) <= types
    assert len({recognizer_name(t) for t in types}) == len(types)
