"""The command line: one file a command, found by its name, imported when it is called.

`run` is the process: it alone chooses the exit code.  click's own codes never reach the shell, and neither does
a traceback, because a traceback can hold a raw value.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Sequence
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import NoReturn

import click

from pii_guard import data
from pii_guard import reach
from pii_guard.cli import _streams
from pii_guard.cli._streams import tell
from pii_guard.errors import ExitCode
from pii_guard.errors import PiiGuardError
from pii_guard.messages import choose
from pii_guard.patterns import lazy
from pii_guard.version import VERSION

_NUMBER = lazy("[0-9]{11,}")  # glued to a word it is no phone number to the engine; nobody misses it in an error
_DIGITS = lazy("[0-9]{5,}")
_YOUNG = 250_000  # objects made between two looks for cycles, which findings do not have: at 700 a tenth of a scan; the rules are 100,000 objects


class Commands(click.Group):
    """Commands are the modules of this folder; `hook_install.py` is `hook-install`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, without importing one."""
        return sorted(name.replace("_", "-") for name in reach.modules(Path(__file__).parent))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name.replace('-', '_')}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, "--version", "-V", prog_name="pii-guard", help="显示版本并退出。")
def main() -> None:
    """个人信息泄露扫描：在工单、聊天记录、文档与代码里找出身份证、银行卡、手机号等。

    退出码：0 通过，1 有违规，2 用法或配置错误，3 有内容未能扫描，4 内部错误，130 中断。
    """


def run(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    _streams.ready()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped is stopped: clean up, leave with 130
    gc.freeze()  # modules stay: looking through them, again and again and once more at the end, took 25 ms of a start
    gc.set_threshold(_YOUNG)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # on small matrices a second thread only waits, at full CPU
    code = _streams.flushed(invoke(argv), choose("auto"))
    gc.freeze()
    raise SystemExit(int(code))


def invoke(argv: Sequence[str] | None = None) -> ExitCode:
    """Run a command and say how it ended."""
    say = choose("auto")
    if say.language != "en":
        _translate_click()
    try:
        result = main.main(args=list(argv) if argv is not None else None, standalone_mode=False)
    except click.exceptions.Exit as exit_:
        return ExitCode.OK if exit_.exit_code == 0 else ExitCode.USAGE
    except click.UsageError as error:
        tell(_usage(error))
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        tell(say("error.interrupted"))
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        tell(say("error.usage", _without_values(error.format_message())))
        return ExitCode.USAGE
    except PiiGuardError as error:
        tell(f"pii-guard: {_without_values(str(error), getattr(error, 'path', ''))}")
        return error.exit_code
    except BrokenPipeError:
        return ExitCode.INCOMPLETE
    except Exception as error:  # noqa: BLE001 - the message of an unknown error may hold a raw value
        if isinstance(error, OSError) and _streams.is_unwritable(error):
            tell(say("error.output", error.strerror or type(error).__name__))
            return ExitCode.USAGE
        tell(say("error.internal", _where(error)))
        return ExitCode.INTERNAL
    return result if isinstance(result, ExitCode) else ExitCode.OK


def _translate_click() -> None:
    """Help pages and usage errors in Chinese: gettext finds our catalogue under the name click asks for."""
    import gettext

    gettext.bindtextdomain("messages", data.file("locale"))
    os.environ["LANGUAGE"] = "zh_CN"


def _usage(error: click.UsageError) -> str:
    """A usage error as click shows it, without the values; a command that needs another word shows its help."""
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        return error.format_message()
    message = _without_values(error.format_message())
    if isinstance(error, click.NoSuchOption):
        message = _DIGITS.sub(lambda digits: "*" * len(digits[0]), message)
    shown = StringIO()
    click.UsageError(message, error.ctx).show(shown)
    return shown.getvalue().rstrip("\n")


def _without_values(message: str, path: str = "") -> str:
    """An error's message with what the user gave us masked: names in a path, numbers and addresses anywhere."""
    from pii_guard.scanner import Scanner
    from pii_guard.scanner import masked

    scanner = Scanner()
    if path:
        message = message.replace(path, scanner.shown_path(path))
    found = scanner.scan_text(message)
    message = masked(message, [f for f in found if any(c.isdigit() or c == "@" for c in message[f.start : f.end])])
    return _NUMBER.sub(lambda digits: digits[0][:3] + "*" * (len(digits[0]) - 3), message)


def _where(error: Exception) -> str:
    """Type and place of an error, without its message."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" @ {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + place
