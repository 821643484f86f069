"""`pii-guard baseline`: accept what is there today, and see only what is new from then on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from pii_guard import baseline
from pii_guard import config
from pii_guard import reach
from pii_guard.baseline import key as keys
from pii_guard.baseline.entries import Baseline
from pii_guard.baseline.entries import Entry
from pii_guard.baseline.entries import checked_date
from pii_guard.baseline.entries import load
from pii_guard.baseline.entries import save
from pii_guard.baseline.match import Matcher
from pii_guard.baseline.merge import merge as merged
from pii_guard.cli import _audit
from pii_guard.cli import _run
from pii_guard.cli import _sources
from pii_guard.config import Settings
from pii_guard.detect.findings import identity
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.gate.exceptions import masked
from pii_guard.gate.exceptions import violation_mark
from pii_guard.messages import choose
from pii_guard.model import Finding
from pii_guard.model import Violation

_FILE = click.option(
    "--baseline",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="基线文件（默认 .pii-baseline.json）",
)
_KEY = click.option(
    "--key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="指纹密钥文件"
)
_CONFIG = click.option(
    "-c", "--config", "config_", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="配置文件"
)
_PATHS = click.argument("paths", nargs=-1, metavar="[PATH...]")
_REASON = click.option("--reason", default="建立基线时已存在", help="理由")
_BY = click.option("--by", default="", help="负责人")
_UNTIL = click.option("--until", default="", metavar="YYYY-MM-DD", help="最后一天")
_ATTRIBUTES = ".gitattributes"
_UNION = f"{baseline.FILE_NAME} merge=union"


@click.group("baseline", short_help="基线：存量不算，只看新增")
def command() -> None:
    """基线：记下现有的发现（不含原值），以后只报告新增的。"""


@command.command("create")
@_PATHS
@_FILE
@_KEY
@_CONFIG
@_REASON
@_BY
@_UNTIL
@click.option("--force", is_flag=True, help="覆盖已有的基线")
def create(
    *,
    paths: tuple[str, ...],
    file: Path | None,
    key_file: Path | None,
    config_: Path | None,
    reason: str,
    by: str,
    until: str,
    force: bool,
) -> ExitCode:
    """扫描 PATH，把所有发现记为基线。"""
    settings, path = _opened(file, key_file, config_)
    if path.exists() and not force:
        raise UsageError(f"{path} 已存在（baseline update 可补充，--force 可重建）")
    new = _found(paths, settings, _template(reason, by, until))
    _write(_run.fresh_baseline(settings).with_entries(new), path)
    _merge_by_lines()
    if reach.exists(keys.place()) and settings.key == keys.find():
        click.echo(choose("auto")("baseline.key", keys.place()))
    return ExitCode.OK


@command.command("update")
@_PATHS
@_FILE
@_KEY
@_CONFIG
@_REASON
@_BY
@_UNTIL
def update(
    *,
    paths: tuple[str, ...],
    file: Path | None,
    key_file: Path | None,
    config_: Path | None,
    reason: str,
    by: str,
    until: str,
) -> ExitCode:
    """把新的发现补进基线；已有的条目不动，缺的类型与路径补全。"""
    settings, path = _opened(file, key_file, config_)
    old = _load(path, settings)
    found = {e.fp: e for e in _found(paths, settings, _template(reason, by, until))}
    kept = {fp: _filled(e, found.get(fp)) for fp, e in old.entries.items()}
    _write(old.with_entries({**found, **kept}.values()), path)
    return ExitCode.OK


@command.command("diff")
@_PATHS
@_FILE
@_KEY
@_CONFIG
def diff(paths: tuple[str, ...], file: Path | None, key_file: Path | None, config_: Path | None) -> ExitCode:
    """与基线比较：新增的（+）与已消失的（-）；有新增以 1 退出。"""
    say = choose("auto")
    settings, path = _opened(file, key_file, config_)
    old = _load(path, settings)
    found = {e.fp: e for e in _found(paths, settings, Entry(""))}
    new = [e for fp, e in sorted(found.items()) if fp not in old.entries or e.n > old.entries[fp].n]
    gone = [e for fp, e in sorted(old.entries.items()) if fp not in found]
    for sign, word, entries in (("+", "baseline.new", new), ("-", "baseline.gone", gone)):
        for entry in entries:
            click.echo(f"{sign} {say(word)} {entry.fp} {entry.type} {entry.path}")
    if not new and not gone:
        click.echo(say("baseline.same"))
    return ExitCode.VIOLATION if new else ExitCode.OK


@command.command("prune")
@_PATHS
@_FILE
@_KEY
@_CONFIG
def prune(paths: tuple[str, ...], file: Path | None, key_file: Path | None, config_: Path | None) -> ExitCode:
    """清理已无对应与已过期的条目。"""
    settings, path = _opened(file, key_file, config_)
    old = _load(path, settings)
    found = {e.fp: e.n for e in _found(paths, settings, Entry(""))}
    kept = [
        replace(e, n=min(e.n, found[fp]))
        for fp, e in old.entries.items()
        if fp in found and not e.expired(_run.today())
    ]
    click.echo(choose("auto")("baseline.pruned", n=len(old.entries) - len(kept)))
    _write(old.with_entries(kept), path)
    return ExitCode.OK


@command.command("audit")
@_PATHS
@_FILE
@_KEY
@_CONFIG
@_BY
@click.option("--all", "all_", is_flag=True, help="已审过的也再看")
def audit(
    *,
    paths: tuple[str, ...],
    file: Path | None,
    key_file: Path | None,
    config_: Path | None,
    by: str,
    all_: bool,
) -> ExitCode:
    """逐条审阅：看脱敏后的上下文，答是误报、许可还是待整改。"""
    settings, path = _opened(file, key_file, config_)
    old = _load(path, settings)
    documents: _audit.Documents = {}
    findings, _ = _scanned(paths, settings, documents)
    pending = {fp for fp, entry in old.entries.items() if all_ or entry.status == "known"}
    entries = dict(old.entries)
    say = choose("auto")
    done = _audit.walk([f for f in findings if f.fingerprint in pending], documents, entries, by, say)
    _write(old.with_entries(entries.values()), path)
    click.echo(say("audit.done", n=done, left=max(0, len(pending) - done)))
    return ExitCode.OK


@command.command("show")
@_FILE
@_KEY
def show(file: Path | None, key_file: Path | None) -> ExitCode:
    """列出基线的条目。"""
    say, path = choose("auto"), file or Path(baseline.FILE_NAME)
    old = load(path)
    for entry in sorted(old.entries.values(), key=lambda e: (e.path, e.type, e.fp)):
        expired = say("baseline.expired") if entry.expired(_run.today()) else ""
        words = (entry.fp, entry.type, entry.path, entry.status, entry.reason, entry.by, entry.until, expired)
        click.echo("  ".join(filter(None, words)))
    click.echo(say("baseline.written", path=path, n=len(old.entries)))
    return ExitCode.OK


@command.command("merge")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
def merge(base: Path, ours: Path, theirs: Path) -> ExitCode:
    """git 的合并驱动（%O %A %B）：三方合并，结果写回 OURS。"""
    empty = Baseline("")
    sides = [load(p) if p.exists() and p.stat().st_size else empty for p in (base, ours, theirs)]
    save(merged(*sides), ours)
    return ExitCode.OK


def _opened(file: Path | None, key_file: Path | None, config_: Path | None) -> tuple[Settings, Path]:
    settings = _run.with_key(config.load(config_), key_file, create=True)
    return settings, file or settings.baseline or Path(baseline.FILE_NAME)


def _load(path: Path, settings: Settings) -> Baseline:
    """The baseline, made with the key in force."""
    if not path.exists():
        return _run.fresh_baseline(settings)
    old = load(path)
    Matcher(old, settings.key, _run.today())
    return old if old.entries else _run.fresh_baseline(settings)


def _found(paths: tuple[str, ...], settings: Settings, template: Entry) -> list[Entry]:
    """An entry for all that would be reported without a baseline."""
    findings, violations = _scanned(paths, settings, None)
    about = {f.fingerprint: (f.entity_type, identity(f.path)) for f in findings}
    counts = Counter(f.fingerprint for f in findings)
    for violation in violations:
        if not set(violation.evidence) & about.keys():
            mark = violation_mark(violation, settings.key or b"")
            counts[mark] += 1
            about[mark] = (violation.rule_id, identity(violation.path))
    return [replace(template, fp=fp, type=about[fp][0], path=about[fp][1], n=n) for fp, n in counts.items()]


def _scanned(
    paths: tuple[str, ...], settings: Settings, documents: _audit.Documents | None
) -> tuple[list[Finding], list[Violation]]:
    what = _sources.choose(_sources.Given(paths), settings)
    run = _run.start(replace(settings, policy=None), use_baseline=False)
    events = list(
        run.events(what.sources if documents is None else _audit.remembered(what.sources, documents))
    )
    for status in run.tally.unscanned:
        click.echo(f"{choose('auto')('status.unscanned')}: {status.path} {status.reason}", err=True)
    findings = [
        e for e in events if isinstance(e, Finding) and e.suppression is None and e.severity != "info"
    ]
    return findings, [e for e in events if isinstance(e, Violation)]


def _template(reason: str, by: str, until: str) -> Entry:
    return Entry("", reason=masked(reason), by=masked(by), until=checked_date(until, "--until"))


def _filled(entry: Entry, found: Entry | None) -> Entry:
    if found is None:
        return entry
    return replace(entry, type=entry.type or found.type, path=entry.path or found.path)


def _write(new: Baseline, path: Path) -> None:
    save(new, path)
    click.echo(choose("auto")("baseline.written", path=path, n=len(new.entries)))


def _merge_by_lines() -> None:
    """Have git merge the baseline by lines, which its form allows everywhere without a driver."""
    attributes = Path(_ATTRIBUTES)
    if keys.git_folder(Path.cwd()) is None:
        return
    text = attributes.read_text(encoding="utf-8") if attributes.exists() else ""
    if baseline.FILE_NAME not in text:
        attributes.write_text(
            f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{_UNION}\n", encoding="utf-8"
        )
