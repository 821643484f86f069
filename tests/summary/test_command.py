"""`pii-guard report` as users call it, on the examples."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pii_guard import config
from pii_guard.cli import _outputs
from pii_guard.cli import _run
from pii_guard.cli import _sources
from pii_guard.cli import invoke
from pii_guard.errors import ExitCode
from pii_guard.model import Finding
from pii_guard.report.json import Json
from pii_guard.summary import outputs
from tests.summary.results import document
from tests.summary.results import finding
from tests.summary.results import whole
from tests.summary.results import write
from tests.summary.test_outputs import text_of

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Examples:
    """The examples' result, and the raw values that it must not show."""

    result: Path
    raw: frozenset[str]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Examples:
    target, raw = tmp_path_factory.mktemp("scan") / "r.json", set[str]()
    with pytest.MonkeyPatch.context() as patch, target.open("w", encoding="utf-8") as stream:
        patch.chdir(ROOT)
        settings = config.load(isolated=True)
        run = _run.start(settings, use_baseline=False, inline=False)
        sink = _outputs.Outputs([Json(stream)])
        for event in run.events(_sources.choose(_sources.Given(("examples",)), settings).sources):
            sink.add(event)
            if isinstance(event, Finding) and event.value.reveal() != event.masked:
                raw.add(event.value.reveal())
        run.verdict()
        sink.close(run.tally)
    return Examples(target, frozenset(value for value in raw if len(value) > 5 or not value.isascii()))


@pytest.mark.parametrize("name", outputs.names())
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_no_raw_value_of_the_examples(examples: Examples, tmp_path: Path, name: str, lang: str) -> None:
    target = tmp_path / f"out.{name}"
    arguments = ["report", str(examples.result), "-o", str(target), "--isolated", "--lang", lang]
    assert invoke(arguments) is ExitCode.OK
    text = text_of(name, target.read_bytes()).replace("[base64]", "")  # what a mask calls such a value
    assert len(examples.raw) > 150
    assert len(text) > 5000
    assert [value[:1] + "…" for value in examples.raw if len(value) > 2 and value in text] == []


def test_a_scan_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("联系电话：13800138000\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert invoke(["report", "a.txt", "-o", "out.md", "--isolated"]) is ExitCode.OK
    text = Path("out.md").read_text(encoding="utf-8")
    assert "13800138000" not in text
    assert "手机号" in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["r.json"], ExitCode.OK),
        (["r.json", "-f", "html"], ExitCode.OK),
        (["r.json", "-f", "xlsx"], ExitCode.USAGE),
        (["r.json", "-f", "pdf"], ExitCode.USAGE),
        ([], ExitCode.USAGE),
        (["r.json", "r.json"], ExitCode.USAGE),
        (["r.json", "other.txt"], ExitCode.USAGE),
        (["r.json", "-o", "r.json"], ExitCode.USAGE),
        (["r.json", "-o", "none/out.md"], ExitCode.USAGE),
        (["r.json", "--compare", "other.txt"], ExitCode.USAGE),
        (["internal.json"], ExitCode.INTERNAL),
        (["absent.json"], ExitCode.USAGE),
    ],
)
def test_exit_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: ExitCode
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "r.json", whole([finding("QQ", "1")]))
    write(tmp_path / "internal.json", whole(documents=[document(status="unscanned", reason="internal")]))
    Path("other.txt").write_text("x", encoding="utf-8")
    assert invoke(["report", *arguments, "--isolated"]) is code


@pytest.mark.parametrize(("name", "module"), [("xlsx", "xlsxwriter"), ("docx", "docx")])
def test_a_missing_extra_says_what_to_install(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    module: str,
) -> None:
    real = builtins.__import__

    def without(wanted: str, *rest: Any, **more: Any) -> Any:
        if wanted.partition(".")[0] == module:
            raise ImportError(wanted)
        return real(wanted, *rest, **more)

    source = write(tmp_path / "r.json", whole())
    monkeypatch.setattr(builtins, "__import__", without)
    assert invoke(["report", str(source), "-o", str(tmp_path / f"o.{name}"), "--isolated"]) is ExitCode.USAGE
    assert "pip install 'pii-guard-cn[report]'" in capsys.readouterr().err
    assert not (tmp_path / f"o.{name}").exists()
