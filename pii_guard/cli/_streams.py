"""The streams of the process: closed ones, full disks, closed pipes; and what is said on the way out."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TextIO

import click

from pii_guard.errors import ExitCode
from pii_guard.messages import Messages

_UNWRITABLE = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EBADF])


def ready() -> None:
    """What the caller closed is opened to nowhere: results may still go to files."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - lives as long as the process


def tell(text: str) -> None:
    """Say something on standard error, if anybody can hear it."""
    try:
        click.echo(text, err=True)
    except OSError:
        _to_nowhere(sys.stderr)


def is_unwritable(error: OSError) -> bool:
    """Whether a result could not be written: the disk is full, the quota used up, the device gone."""
    return error.errno in _UNWRITABLE


def flushed(code: ExitCode, say: Messages) -> ExitCode:
    """The exit code, once what was written is out."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # `| head` never turns a failure into a pass
        _to_nowhere(sys.stdout)
    except OSError as error:
        _to_nowhere(sys.stdout)
        if code not in (ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED):
            tell(say("error.output", error.strerror or type(error).__name__))
            return ExitCode.USAGE
    return code


def _to_nowhere(stream: TextIO) -> None:
    """What is left in its buffer cannot be written either, and Python would try once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
