"""PiiGuardFilter on real handlers."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from pii_guard.config import Settings
from pii_guard.integrations.logging import PiiGuardFilter
from pii_guard.scanner import Scanner

PHONE, CARD = "13800138000", "6222021234567890128"


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps({k: str(v) for k, v in vars(record).items()}, ensure_ascii=False)


@pytest.fixture(params=[logging.Formatter("%(levelname)s %(message)s"), JsonFormatter()])
def log(request: pytest.FixtureRequest) -> Iterator[tuple[logging.Logger, io.StringIO]]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(request.param)
    handler.addFilter(PiiGuardFilter())
    logger = logging.getLogger(f"{__name__}.{id(out)}")
    logger.propagate = False
    logger.addHandler(handler)
    yield logger, out
    logger.removeHandler(handler)


def test_message_and_arguments(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = log
    logger.warning("手机号%s 卡号%s 共%d条 100%%", PHONE, CARD, 2)
    assert "手机号138****8000" in out.getvalue()
    assert "共2条 100%" in out.getvalue()
    assert CARD not in out.getvalue()


def test_mapping_arguments(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = log
    logger.warning("%(who)s 登记", {"who": f"手机号{PHONE}"})
    assert PHONE not in out.getvalue()


def test_exceptions_causes_and_stacks(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = log
    try:
        try:
            raise KeyError(f"卡号{CARD}")
        except KeyError as error:
            raise ValueError(f"手机号{PHONE}") from error
    except ValueError:
        logger.exception("失败", stack_info=True)
    text = out.getvalue()
    assert text.count("Traceback") == 2
    assert "138****8000" in text
    assert PHONE not in text
    assert CARD not in text


def test_extra_strings(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = log
    logger.warning("来电", extra={"caller": f"手机号{PHONE}", "count": 3})
    assert PHONE not in out.getvalue()


def test_arguments_that_do_not_fit_are_masked_and_not_lost(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = log
    logger.warning("手机号%s %s %s", PHONE)  # noqa: PLE1206
    assert "手机号" in out.getvalue()
    assert PHONE not in out.getvalue()


def test_clean_records_pass_unchanged(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = log
    logger.warning("处理 %s 用时 %d 毫秒", "订单", 13)
    assert "处理 订单 用时 13 毫秒" in out.getvalue()


def test_settings_decide() -> None:
    only_cards = PiiGuardFilter(Scanner(Settings(select=frozenset({"BANK_CARD"}))))
    assert only_cards.mask(f"手机号{PHONE} 卡号{CARD}").startswith(f"手机号{PHONE} 卡号6222")
    assert CARD not in only_cards.mask(f"卡号{CARD}")


def test_what_cannot_be_masked_is_not_written(
    log: tuple[logging.Logger, io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Scanner, "scan_text", fail)
    logger, out = log
    logger.warning("手机号%s", PHONE, extra={"caller": PHONE}, stack_info=True)
    assert "RuntimeError" in out.getvalue()
    assert PHONE not in out.getvalue()
