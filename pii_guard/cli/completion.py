"""`pii-guard completion SHELL`: the script that completes commands and options; click makes it."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError

_SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command("completion", short_help="打印命令行补全脚本")
@click.argument("shell", type=click.Choice(_SHELLS))
def command(shell: str) -> ExitCode:
    """打印 SHELL 的补全脚本，例如在 ~/.bashrc 里: eval "$(pii-guard completion bash)"。"""
    from pii_guard.cli import main

    maker = get_completion_class(shell)
    if maker is None:
        raise UsageError(f"已安装的 click 不支持 {shell} 的补全")
    click.echo(maker(main, {}, "pii-guard", "_PII_GUARD_COMPLETE").source())
    return ExitCode.OK
