"""A filter that masks personal data in log records before any handler writes them.

    handler.addFilter(PiiGuardFilter())

Put it on the handlers: a filter on a logger does not see what child loggers pass up.  Masked are the
message with its arguments, the exception text, the stack and the strings given in `extra=`.  The exception
object itself is taken off the record, because other formatters (JSON, error trackers) would print its raw
message from it.
"""

from __future__ import annotations

import logging
from functools import cached_property

from pii_guard.config import Settings
from pii_guard.scanner import Scanner

_OWN = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime"}
_PLAIN = logging.Formatter()


class PiiGuardFilter(logging.Filter):
    """Masks what the scanner finds; never drops a record.  `scanner` None: default settings."""

    def __init__(self, scanner: Scanner | None = None) -> None:
        super().__init__()
        self._given = scanner

    @cached_property
    def _scanner(self) -> Scanner:
        return self._given or Scanner(Settings())

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask a record in place; what cannot be masked is not written, and never breaks the caller."""
        try:
            self._mask_record(record)
        except Exception as error:  # noqa: BLE001 - logging must not fail, and must not write what was not searched
            _withhold(record, type(error).__name__)
        return True

    def _mask_record(self, record: logging.LogRecord) -> None:
        record.msg, record.args = self.mask(_message(record)), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _PLAIN.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text, record.exc_info = self.mask(record.exc_text), None
        if record.stack_info:
            record.stack_info = self.mask(record.stack_info)
        for name in vars(record).keys() - _OWN:
            value = getattr(record, name)
            if isinstance(value, str):
                setattr(record, name, self.mask(value))

    def mask(self, text: str) -> str:
        """The text with every value masked.

        >>> PiiGuardFilter().mask("手机号：13800138000 已登记")
        '手机号：138****8000 已登记'
        """
        for finding in sorted(self._scanner.scan_text(text), key=lambda f: -f.start):
            text = text[: finding.start] + finding.masked + text[finding.end :]
        return text


def _message(record: logging.LogRecord) -> str:
    """The message with its arguments; a call whose arguments do not fit is shown with them side by side."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError, IndexError):
        return f"{record.msg} {record.args}"


def _withhold(record: logging.LogRecord, reason: str) -> None:
    record.msg, record.args = f"[pii-guard: 未能脱敏（{reason}），内容不输出]", ()
    record.exc_info = record.exc_text = record.stack_info = None
    for name in vars(record).keys() - _OWN:
        setattr(record, name, None)
