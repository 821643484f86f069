"""`pii-guard hook`: what pre-commit, or git itself, calls.  Quick to start, quiet when clean, clear when not.

The index is scanned, not the work tree: what a commit would hold.  Under `pre-commit run --from-ref --to-ref`
(also before a push) only added lines count.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from io import TextIOWrapper
from pathlib import Path

import click

from pii_guard import baseline
from pii_guard import config
from pii_guard import report
from pii_guard.baseline import key as keys
from pii_guard.cli import _run
from pii_guard.cli._outputs import Outputs
from pii_guard.config import Settings
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.gate.exceptions import Source
from pii_guard.messages import LANGUAGES
from pii_guard.messages import Messages
from pii_guard.messages import choose
from pii_guard.model import Document
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.report._terminal import plain
from pii_guard.sources import git
from pii_guard.sources import git_diff
from pii_guard.sources import git_index
from pii_guard.sources.git_diff import Change
from pii_guard.sources.paths import _excluder as fitting

_SCISSORS = b"------------------------ >8 ------------------------"
_NEXT = 3  # commands to allow single findings that are spelled out


@click.command("hook", short_help="提交钩子：扫描暂存的内容")
@click.argument("files", nargs=-1, metavar="[FILES...]")
@click.option("--commit-msg", "commit_msg", is_flag=True, help="FILES 是提交说明文件")
@click.option(
    "--policy",
    "policy_",
    default=None,
    metavar="NAME|FILE",
    help="门禁策略：default、dev、strict、bank 或 .yaml 文件",
)
@click.option(
    "--min-severity",
    default=None,
    type=click.Choice(["info", "low", "medium", "high", "critical"]),
    help="达到此级别才拦下",
)
@click.option("--no-baseline", is_flag=True, help="不用基线")
@click.option("--key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="指纹密钥文件")
@click.option(
    "-c", "--config", "config_", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="配置文件"
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="auto", help="输出语言")
def command(
    *,
    files: tuple[str, ...],
    commit_msg: bool,
    policy_: str | None,
    min_severity: str | None,
    no_baseline: bool,
    key_file: Path | None,
    config_: Path | None,
    lang: str,
) -> ExitCode:
    """扫描 FILES 暂存的内容；不给 FILES 则扫描全部暂存内容。发现个人信息以 1 退出，提交就被拦下。"""
    say = choose(lang)
    found = config.override(config.load(config_), min_severity=min_severity)
    settings = _lean(_run.under_policy(found, policy_, min_severity))
    tree = None if commit_msg else _tree()
    change = _change(tree) if tree and (not files or _lines_matter(settings)) else None
    sources = _sources(tree, files, commit_msg, change, settings)
    if tree and not settings.key and not key_file:
        settings = _keyed(settings)
    run = _run.start(
        settings,
        key_file=key_file,
        use_baseline=not no_baseline,
        added=change.added if change else None,
        only_added=bool(change and _refs()),
    )
    run.without_hints = True
    return _scan(run, sources, say, commit_msg)


def _lean(settings: Settings) -> Settings:
    """Without the rules of channels and laws, which cost a quarter of the time, unless the policy names some."""
    on = settings.policy.fail_on if settings.policy else None
    return settings if on and (on.channels or on.laws) else replace(settings, judge=False)


def _scan(run: _run.Run, sources: Sequence[Source], say: Messages, commit_msg: bool) -> ExitCode:
    names = {t: (e.en if say.language == "en" else e.zh) for t, e in run.scanner.entities.items()}
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    out = report.open_reporter("text", sys.stdout, report.View(say, names, encoding=encoding))
    found: list[Finding] = []
    shown = Outputs([out])
    for event in run.events(sources):
        shown.add(event)
        if isinstance(event, Finding) and event.suppression is None:
            found.append(event)
    verdict = run.verdict()
    out.close(run.tally)
    if sources and not run.tally.files and not run.tally.unscanned:
        click.echo(say("hook.nothing", n=run.tally.skipped))
    for kind, count in run.exceptions.complaints().items():
        if kind not in ("unused", "expired"):
            click.echo(say(f"exception.{kind}", n=count))
    if verdict.code is ExitCode.VIOLATION:
        _explain(found, run, say, commit_msg)
    elif verdict.code is ExitCode.INCOMPLETE:
        click.echo(say("hook.incomplete"))
    return verdict.code


def _explain(found: list[Finding], run: _run.Run, say: Messages, commit_msg: bool) -> None:
    """What to type next."""
    click.echo("")
    click.echo(say("hook.message" if commit_msg else "hook.blocked"))
    if commit_msg:
        return
    first = shlex.quote(plain(next((f.path for f in found), "FILE")))
    click.echo("  " + say("hook.redact", path=first))
    if run.tally.key != "ephemeral":
        for finding in found[:_NEXT]:
            click.echo("  " + say("hook.allow", fp=finding.fingerprint, type=finding.entity_type))
    click.echo("  " + say("hook.baseline"))


def _sources(
    tree: git.Tree | None, files: tuple[str, ...], commit_msg: bool, change: Change | None, settings: Settings
) -> list[Source]:
    """What to scan.  Named files are scanned as they are staged."""
    if commit_msg:
        return [_message(name) for name in files or _no_message()]
    excluded = fitting(settings.exclude)
    if files:
        return [_kept(source, excluded(source.path)) for source in git_index.from_names(tree, files)]
    if change is None:
        raise UsageError("这里不是 git 仓库，请给出要扫描的文件")
    return [_kept(source, excluded(source.path)) for source in change.documents()]


def _kept(source: Source, excluded: bool) -> Source:
    """The source, or that the config leaves it out."""
    return DocumentStatus(source.path, "skipped", "excluded") if excluded else source


def _message(name: str) -> Document:
    """A commit message without what git strips: comments of an editor session, all below the scissors."""
    try:
        content = Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"路径不存在 (no such path): {name}") from error
    kept = []
    edited = (
        os.environ.get("GIT_EDITOR") != ":"
    )  # git sets it to ":" where no editor was opened; then comments stay
    for line in content.split(b"\n"):
        if _SCISSORS in line and line.startswith(b"#"):
            break
        kept.append(b"" if edited and line.startswith(b"#") else line)
    text = b"\n".join(kept)
    return Document("COMMIT_EDITMSG", lambda: BytesIO(text), len(text))


def _no_message() -> tuple[str, ...]:
    raise UsageError("--commit-msg 需要提交说明文件的路径")


def _tree() -> git.Tree | None:
    return git.tree() if keys.git_folder(Path.cwd()) is not None else None


def _refs() -> str | None:
    """The range of `pre-commit run --from-ref --to-ref`, and of a push."""
    before, after = os.environ.get("PRE_COMMIT_FROM_REF"), os.environ.get("PRE_COMMIT_TO_REF")
    return f"{before}..{after}" if before and after else None


def _lines_matter(settings: Settings) -> bool:
    """Whether lines or renames of the change are needed, which cost two calls of git."""
    named = settings.baseline or Path(baseline.FILE_NAME)
    return bool(_refs()) or bool(settings.policy and settings.policy.new_only) or named.exists()


def _change(tree: git.Tree) -> Change:
    refs = _refs()
    return git_diff.change(tree, refs) if refs else git_diff.staged_change(tree)


def _keyed(settings: Settings) -> Settings:
    """A key for this repository, so that the fingerprints shown can be allowed."""
    try:
        return _run.with_key(settings, create=True)
    except UsageError:  # a read-only `.git`, as in some CI: fingerprints then last for this run
        return settings
