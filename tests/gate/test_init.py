"""Files that `init` writes and the repository ships for hooks and CI, valid by their schemas."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from pii_guard.cli import doctor
from pii_guard.gate import load as policies

if TYPE_CHECKING:
    from gate_repo import Repo
    from gate_repo import Run

ROOT = Path(__file__).parents[2]
CI = {
    "github": ".github/workflows/pii-guard.yml",
    "gitlab": ".gitlab-ci.yml",
    "jenkins": "Jenkinsfile",
    "yunxiao": ".yunxiao/pii-guard.yml",
    "gitee": ".workflow/pii-guard.yml",
    "coding": ".coding-ci.yml",
}


def valid(schema: str, path: Path, *more: str) -> bool:
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *more, str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("preset", policies.presets())
def test_the_config_it_writes_is_understood(repo: Repo, run: Run, preset: str) -> None:
    assert run("init", "--preset", preset)[0] == 0
    assert run("policy", "check")[1].startswith(preset)
    assert run("init", "--preset", "no-such")[0] == 2


def test_it_writes_what_is_asked_and_never_overwrites(repo: Repo, run: Run) -> None:
    repo.write("Jenkinsfile", "ours\n")
    arguments = [word for name in CI for word in ("--ci", name)]
    assert run("init", "--preset", "bank", "--hook", *arguments)[0] == 0
    assert (repo.folder / "Jenkinsfile").read_text() == "ours\n"
    for path in [*CI.values(), ".pre-commit-config.yaml", ".pii-guard.yaml"]:
        assert (repo.folder / path).is_file()
    before = {path: path.read_bytes() for path in repo.folder.rglob("*.y*ml")}
    assert run("init", "--preset", "dev", "--hook", *arguments)[0] == 0
    assert before == {path: path.read_bytes() for path in repo.folder.rglob("*.y*ml")}


@pytest.mark.parametrize("name", CI)
def test_the_examples_are_what_it_writes(repo: Repo, run: Run, name: str) -> None:
    assert run("init", "--ci", name)[0] == 0
    text = (repo.folder / CI[name]).read_text(encoding="utf-8")
    example = "Jenkinsfile" if name == "jenkins" else f"{name}.yml"
    assert (ROOT / "examples" / "ci" / example).read_text(encoding="utf-8") == text
    assert "pii-guard scan" in text
    if name != "jenkins":
        assert yaml.safe_load(text)


SCHEMAS = [
    ("vendor.github-workflows", "examples/ci/github.yml", ()),
    ("vendor.github-actions", "action.yml", ()),
    ("vendor.gitlab-ci", "examples/ci/gitlab.yml", ("--data-transform", "gitlab-ci")),
]


@pytest.mark.parametrize(("schema", "path", "more"), SCHEMAS)
def test_ci_files_are_valid(schema: str, path: str, more: tuple[str, ...]) -> None:
    assert valid(schema, ROOT / path, *more)


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("validate-manifest", ".pre-commit-hooks.yaml"),
        ("validate-config", "examples/hooks/pre-commit-config.yaml"),
    ],
)
def test_hook_files_are_valid(command: str, path: str) -> None:
    pytest.importorskip("pre_commit")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", command, str(ROOT / path)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_hooks_of_the_manifest_are_serial_and_see_documents() -> None:
    hooks = {
        hook["id"]: hook
        for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    }
    assert set(hooks) == {"pii-guard", "pii-guard-docs", "pii-guard-commit-msg"}
    assert hooks["pii-guard"]["require_serial"]
    assert hooks["pii-guard-docs"]["types"] == ["binary"]
    assert hooks["pii-guard-commit-msg"]["stages"] == ["commit-msg"]


def test_the_example_hooks_are_what_init_writes() -> None:
    written = ROOT / "pii_guard" / "data" / "init-pre-commit.yml"
    assert written.read_bytes() == (ROOT / "examples" / "hooks" / "pre-commit-config.yaml").read_bytes()


def test_the_docker_image_runs_as_a_user_and_offline() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("USER ") and line != "USER root" for line in lines)
    assert 'ENTRYPOINT ["pii-guard"]' in lines
    assert lines.index("USER guard") < lines.index('ENTRYPOINT ["pii-guard"]')


def test_doctor(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    assert run("doctor")[0] == 0
    patch = tmp_path / "pre-commit" / "patch1700000000-1234"
    patch.parent.mkdir()
    patch.write_text("+手机 13800138000\n", encoding="utf-8")
    code, printed = run("doctor")
    assert code == 1
    assert "13800138000" not in printed
    assert run("doctor", "--clean")[0] == 0
    assert not patch.exists()
    repo.write(".pii-guard.yaml", "nonsense: 1\n")
    assert run("doctor", "--lang", "en")[0] == 1
    assert {check.state for check in doctor.checks()} >= {"ok", "bad"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(repo: Repo, run: Run, shell: str) -> None:
    assert "_PII_GUARD_COMPLETE" in run("completion", shell)[1]
