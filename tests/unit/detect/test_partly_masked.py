"""Identity numbers of which too little is hidden: low findings, because the rest can be guessed."""

from __future__ import annotations

import pytest

from pii_guard import scan_text

SHOWN = [
    "身份证[[110105********0008]]",
    "身份证[[11010519000307****]]",
    "[[1101051900****0008]]已登记",
    "身份证[[110105 ******** 0008]]",
    "身份证：[[110105190003**0008]]",
    "身份证[[110105-1900****-0008]]",
    "身份证[[1101051900030700**]]",
    "身份证[[1101**190003070008]]",
    "身份证：[[******190003070008]]",
    "证件号 [[11010519****07000X]]",
    "证件号 [[1101051900030700*8]]",
]
HIDDEN = [
    "身份证110***********0008",
    "身份证1101***********008",
    "订单110105999999****0008",
    "卡号6222021234****1239",
    "手机138****8000，尾号1234",
    "1101051900****00081 与 21101051900****0008",
    "****************",
    "进度 100000 ******** 1000",
]


@pytest.mark.parametrize("marked", SHOWN, ids=range(len(SHOWN)))
def test_what_can_be_guessed_is_a_low_finding(marked: str) -> None:
    before, _, rest = marked.partition("[[")
    value, _, after = rest.partition("]]")
    found = [f for f in scan_text(before + value + after) if f.entity_type != "PERSON"]
    assert [(f.entity_type, f.start, f.end) for f in found] == [("RESIDENT_ID", len(before), len(before) + len(value))]
    assert found[0].score < 0.5
    assert found[0].reasons == ("partially_masked",)


@pytest.mark.parametrize("text", HIDDEN, ids=range(len(HIDDEN)))
def test_what_is_hidden_is_none(text: str) -> None:
    assert [f for f in scan_text(text) if f.entity_type in ("RESIDENT_ID", "DRIVING_LICENCE")] == []
