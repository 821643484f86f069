"""The exception tree and the exit codes.

    PiiGuardError               anything this package raises on purpose
    ├─ UsageError               exit 2: wrong argument, missing path, bad config, baseline or key
    │  ├─ NoSuchPathError       a path that is not there
    │  ├─ OutputError         a result that cannot be written
    │  └─ RuleError             a rule file that cannot be used; names file and key
    └─ UnreadableError          exit 3: one document that could not be scanned; the scan goes on

Exit codes: 0 passed, 1 policy violated, 2 usage (or nowhere to write the result: a full disk), 3 incomplete, 4 internal error, 130 interrupted;
where several apply, 4 > 2 > 1 > 3.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process returns."""

    OK = 0
    VIOLATION = 1
    USAGE = 2
    INCOMPLETE = 3
    INTERNAL = 4
    INTERRUPTED = 130


class PiiGuardError(Exception):
    """Base of all errors raised on purpose; the message is for the user and holds no personal data."""

    exit_code = ExitCode.INTERNAL


class UsageError(PiiGuardError):
    """The call, a config file, a baseline or a key is wrong."""

    exit_code = ExitCode.USAGE


class NoSuchPathError(UsageError):
    """A path that was asked for does not exist; the message names it as it was given, the command line and `scan_paths` mask it."""

    def __init__(self, path: str) -> None:
        super().__init__(f"路径不存在 (no such path): {path}")
        self.path = path


class OutputError(UsageError):
    """A result cannot be written to a file; the message names it as it was given, the command line masks it."""

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = str(path)


class RuleError(UsageError):
    """A rule file cannot be used: the message names the file, the key and what to do."""


class UnreadableError(PiiGuardError):
    """A document that could not be scanned: `reason` is a stable code, the message says it in words."""

    exit_code = ExitCode.INCOMPLETE

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(message or reason)
        self.reason = reason
