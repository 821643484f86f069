"""What a machine may be like: a locked home, libraries that do not load, full disks, closed streams, pipes, signals."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pii_guard.cli import invoke
from tests.test_exit_codes import LEAK


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (["scan", "a.txt"], [1]),
        (["gate", "a.txt"], [1]),
        (["config", "where"], [0]),
        (["doctor"], [0, 1]),
        (["baseline", "create"], [2]),
    ],
)
@pytest.mark.parametrize("home", ["locked", "none"])
def test_a_home_that_cannot_be_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], codes: list[int], home: str
) -> None:
    (tmp_path / "a.txt").write_text(LEAK, encoding="utf-8")
    locked, stat = str(tmp_path / "locked"), os.stat

    def denied(path: object, *args: object, **named: object) -> os.stat_result:
        if isinstance(path, str | os.PathLike) and os.fspath(path).startswith(locked + os.sep):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return stat(path, *args, **named)  # type: ignore[arg-type]

    def nobodys() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "stat", denied)
    monkeypatch.setattr(os, "mkdir", lambda path, *_: denied(path))
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "PRE_COMMIT_HOME", "PII_GUARD_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", (lambda: Path(locked)) if home == "locked" else nobodys)
    assert invoke(command) in codes
