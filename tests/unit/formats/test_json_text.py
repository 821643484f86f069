"""JSON: key paths as context, escapes decoded, keys and notation kept, broken parts read as text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pii_guard.formats import json_text
from tests.unit.formats.cases import MASKED
from tests.unit.formats.cases import VALUE
from tests.unit.formats.cases import check_places
from tests.unit.formats.cases import document
from tests.unit.formats.cases import edits
from tests.unit.formats.cases import found

ESCAPED = "".join(f"\\u{ord(c):04x}" for c in VALUE)


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        (f'{{"user": {{"phone": "{VALUE}"}}}}', ["user.phone"]),
        (f'[{{"a": "{VALUE}"}}, "{VALUE}", {VALUE}]', ["a", None, None]),
        (f'{{\n "list": [\n  {{"p": {VALUE}}}\n ]\n}}\n', ["list.p"]),
        (f'{{"p": "{VALUE}"}}\n{{"p": "x", "q": "{VALUE}"}}\n', ["p", "q"]),
        (f'{{"p": "1", "p": "{VALUE}"}}', ["p"]),
        (f'{{"{VALUE}": true}}\n{{"{VALUE}": true}}\n', [None, None]),
        (f'{{"a": 1}}\n{{broken {VALUE}\n{{"a": "{VALUE}"}}\n', ["a", None]),
        (f"[1, 2, oops {VALUE}", [None]),
        (f'"{VALUE}"', [None]),
        (f"{VALUE}", [None]),
        (f'{{"a": "制表\\t\\"{VALUE}\\" \\ud83d\\ude00 {VALUE}"}}', ["a", "a"]),
        ("[" * 5000 + VALUE, [None]),
    ],
)
def test_values_come_with_their_key_path(text: str, headers: list[str | None]) -> None:
    assert sorted((s.header or "" for s, _ in found(json_text, text))) == sorted(h or "" for h in headers)
    check_places(json_text, text)
    assert json_text.rewrite(document(text), lambda segment: []) == text.encode()


def test_escaped_value_leads_back_to_its_escapes() -> None:
    text = f'{{"a": "电话 {ESCAPED}"}}'
    [(_, place)] = found(json_text, text)
    assert text[place.start : place.end] == ESCAPED
    assert json_text.rewrite(document(text), edits).decode() == text.replace(ESCAPED, MASKED)


def test_speakers_have_roles() -> None:
    lines = [("agent", "agent"), ("用户", "customer"), ("快递员", "third_party"), ("somebody", None)]
    text = "".join(f'{{"role": "{told}", "content": "{VALUE}"}}\n' for told, _ in lines)
    seen = sorted(
        ((p.anchor.message or p.anchor.row), s.role, p.anchor.role) for s, p in found(json_text, text)
    )
    assert seen == [(n, role, role) for n, (_, role) in enumerate(lines, 1)]


def test_a_dialogue_in_one_record() -> None:
    turns = [{"role": "客服", "content": f"请报 {VALUE}"}, {"role": "user", "content": VALUE}]
    text = json.dumps({"messages": turns}, ensure_ascii=False)
    assert sorted((s.header, s.role) for s, _ in found(json_text, text)) == [
        ("messages.content", "agent"),
        ("messages.content", "customer"),
    ]


def test_a_key_that_is_a_number_is_not_shown_in_the_anchor() -> None:
    [(_, place)] = found(json_text, f'{{"13900139000": {{"p": "{VALUE}"}}}}')
    assert place.anchor.key == "*.p"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'{{"a": {VALUE}, "n": 1.0e5}}', f'{{"a": "{MASKED}", "n": 1.0e5}}'),
        (f'{{"a": 9{VALUE}}}', '{"a": 913800008000}'),
        (f'{{ "b" :"{VALUE}" ,"b":1 }}\r\n', f'{{ "b" :"{MASKED}" ,"b":1 }}\r\n'),
    ],
)
def test_rewriting(text: str, expected: str) -> None:
    assert json_text.rewrite(document(text), edits).decode() == expected


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just(VALUE),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab.张", max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_written_json_comes_back(value: object, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps({"v": value, "p": VALUE}, ensure_ascii=ascii_only, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert json_text.rewrite(document(text), lambda segment: []) == text.encode()
    assert json_text.rewrite(document(text), edits).decode() == text.replace(VALUE, MASKED)
    check_places(json_text, text)
    assert len(found(json_text, text)) == text.count(VALUE)


@given(st.text('{}[]",:\\u1 \n', max_size=40))
def test_any_text_is_read_without_loss(text: str) -> None:
    text += f"\n{VALUE}\n"
    assert found(json_text, text)
    assert json_text.rewrite(document(text), lambda segment: []) == text.encode()
    check_places(json_text, text)


@pytest.mark.parametrize("shape", ["[{}]", "{}", "[\n{}\n]"])
def test_records_across_blocks(monkeypatch: pytest.MonkeyPatch, shape: str) -> None:
    from pii_guard.text import decode

    monkeypatch.setattr(json_text, "blocks", lambda stream: decode.blocks(stream, 64))
    records = [f'{{"n": {n}, "电话": "{VALUE}"}}' for n in range(40)]
    text = shape.format((",\n" if shape.startswith("[") else "\n").join(records))
    hits = found(json_text, text)
    assert [place.anchor.row for _, place in hits] == list(range(1, 41))
    assert {segment.header for segment, _ in hits} == {"电话"}
    check_places(json_text, text)


@pytest.mark.parametrize(
    ("head", "fits"),
    [
        ('{"a": 1', True),
        ('[{"a"', True),
        ("[1, 2", True),
        ("[10:12] 客服", False),
        ("{{ template", False),
        ("", False),
    ],
)
def test_sniff(head: str, fits: bool) -> None:
    assert json_text.sniff(head.encode()) is fits
