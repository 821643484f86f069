"""What results add up to: people, channels, articles, changes; and that nothing incomplete counts as whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pii_guard.errors import UsageError
from pii_guard.summary import counts
from pii_guard.summary.comparison import compare
from pii_guard.summary.joining import join
from pii_guard.summary.people import alone
from pii_guard.summary.people import combinations
from pii_guard.summary.people import elements
from pii_guard.summary.people import exposed
from pii_guard.summary.reading import parse
from pii_guard.summary.reading import read
from pii_guard.summary.remedies import Remedies
from pii_guard.summary.values import Result
from tests.summary.results import Record
from tests.summary.results import document
from tests.summary.results import finding
from tests.summary.results import violation
from tests.summary.results import whole
from tests.summary.results import write
from tests.summary.results import write_lines


def _result(*findings: Record, name: str = "r.json", **more: object) -> Result:
    return parse(json.dumps(whole(findings, **more)).encode(), name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("types", "covered"),
    [
        (["PERSON"], 1),
        (["PERSON", "RESIDENT_ID", "PASSPORT"], 2),
        (["PERSON", "HKID", "FOREIGN_PHONE", "BANK_ACCOUNT"], 4),
        (["URL", "ADDRESS"], 0),
    ],
)
def test_elements(types: list[str], covered: int) -> None:
    assert elements(types) == covered


def test_people_of_several_files_are_one_by_what_is_theirs() -> None:
    result = _result(
        finding("RESIDENT_ID", "id1", person="p-1"),
        finding("MOBILE_PHONE", "m1", person="p-1"),
        finding("MOBILE_PHONE", "m1", path="b.csv", person="p-2"),
        finding("ADDRESS", "x", path="b.csv", person="p-2"),
        finding("MOBILE_PHONE", "m1", path="c.csv"),
        finding("BANK_CARD", "nobody's", path="c.csv"),
    )
    people = exposed(result.findings)
    assert [person.types for person in people] == [("RESIDENT_ID", "MOBILE_PHONE", "ADDRESS")]
    assert people[0].paths == ("a.csv", "b.csv", "c.csv")
    assert alone(result.findings, people) == 1


def test_a_family_phone_makes_no_one_person() -> None:
    result = _result(
        finding("PERSON", "A", person="p-1"),
        finding("MOBILE_PHONE", "shared", person="p-1"),
        finding("PERSON", "B", path="b.csv", person="p-2"),
        finding("MOBILE_PHONE", "shared", path="b.csv", person="p-2"),
    )
    assert combinations(exposed(result.findings)) == [(("PERSON", "MOBILE_PHONE"), 2)]


def test_heat_map_has_all_channels_and_keeps_unknown_ones() -> None:
    result = _result(violations=[violation(), violation(channel=12), violation(channel=None, severity="low")])
    heat = counts.heat(result.violations)
    assert list(heat) == [1, 2, 3, 4, 5, 6, 7, 8, 12, None]
    assert (heat[7], heat[None]) == ([0, 1, 0, 0, 0], [0, 0, 0, 1, 0])


def test_articles_count_a_value_once() -> None:
    result = _result(
        violations=[violation(evidence=["x", "y"]), violation(evidence=["y"], severity="critical")]
    )
    (article,) = counts.articles(result.violations)
    assert (article.evidence, article.clues, article.severity) == (2, 2, "critical")


def test_remedy_is_that_of_the_gravest_rule() -> None:
    one = finding("QQ", "1")
    print_of = str(one["fingerprint"])
    rules = [
        violation("LOW", severity="low", evidence=[print_of]),
        violation("TOP", severity="critical", evidence=[print_of]),
    ]
    result = _result(one, finding("QQ", "2"), violations=rules)
    remedies = Remedies(result.violations)
    assert [r and r.rule_id for r in map(remedies.rule, result.findings)] == ["TOP", None]


def test_files_rank_by_their_violations_too() -> None:
    result = _result(
        finding("QQ", "1", path="many.txt"),
        finding("QQ", "2", path="many.txt", line=2),
        violations=[violation(path="grave.txt", severity="critical")] * 3,
        documents=[document("many.txt"), document("grave.txt")],
    )
    first, second = counts.files(result)
    assert (first.path, first.by_severity["critical"], first.findings, first.clues) == ("grave.txt", 3, 0, 3)
    assert second.by_severity["high"] == 2


@pytest.mark.parametrize(
    ("documents", "summary", "incomplete"),
    [
        ([document()], {}, False),
        ([document(status="skipped", reason="excluded"), document("b")], {}, False),
        ([document("b"), document(status="unscanned", reason="encrypted")], {}, True),
        ([], {}, True),
        ([document()], {"findings": 2}, True),
        ([document()], {"unscanned": 1}, True),
    ],
    ids=["whole", "skipped", "unscanned", "nothing", "findings cut", "documents cut"],
)
def test_incomplete(documents: list[Record], summary: Record, incomplete: bool) -> None:
    told = whole((), (), documents)
    told["summary"] = {**dict(told["summary"]), **summary}  # type: ignore[call-overload]
    assert parse(json.dumps(told).encode(), "r.json").incomplete is incomplete


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    result = whole([finding("QQ", "1")], [violation()], [document(), document("x", "unscanned", "encrypted")])
    lines, one = read(write_lines(tmp_path / "r.jsonl", result)), read(write(tmp_path / "r.json", result))
    assert (lines.findings, lines.violations, lines.unread) == (one.findings, one.violations, one.unread)
    assert lines.incomplete


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"findings": [',
        '{"findings": 1, "documents": [], "summary": {}}',
        "[" * 100_000,
        json.dumps(whole([finding("QQ", "1") | {"severity": "<b>"}])),
        json.dumps(whole([finding("QQ", "1") | {"line": "1"}])),
    ],
    ids=range(8),
)
def test_what_is_no_result_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse(text.encode(), "r.json")


def _changes(old: Result, now: Result) -> tuple[object, ...]:
    found = compare(old, now)
    return found.keys, len(found.new), len(found.fixed), len(found.remaining), len(found.unknown)


def test_comparison_by_fingerprint() -> None:
    old = _result(
        finding("QQ", "stays"),
        finding("QQ", "mended"),
        finding("QQ", "in a file gone", path="gone.txt"),
        finding("QQ", "in a file locked", path="locked.txt"),
    )
    docs = [document(), document("locked.txt", "unscanned", "encrypted")]
    now = _result(finding("QQ", "stays"), finding("QQ", "fresh"), documents=docs)
    assert _changes(old, now) == ("same", 1, 1, 1, 2)


@pytest.mark.parametrize(
    ("old", "now", "keys"),
    [
        ({"keyed": False}, {"keyed": False, "key": "other"}, "ephemeral"),
        ({"keyed": True}, {"keyed": True, "key": "other"}, "different"),
        ({"keyed": True}, {"keyed": True, "key": "other", "line": 9}, "unproven"),
        ({"keyed": True, "key_id": "a"}, {"keyed": True, "key_id": "b", "key": "b", "line": 9}, "different"),
        ({"keyed": False}, {"keyed": False}, "same"),
    ],
)
def test_whether_keys_allow_a_comparison(old: Record, now: Record, keys: str) -> None:
    def made(options: Record) -> Result:
        told = {k: v for k, v in options.items() if k in ("key", "line")}
        rest = {k: v for k, v in options.items() if k not in told}
        return _result(finding("QQ", "1", **told), **rest)  # type: ignore[arg-type]

    found = compare(made(old), made(now))
    assert found.keys == keys
    assert found.comparable is (keys in ("same", "unproven"))
    assert found.comparable or not found.new + found.fixed + found.remaining


def test_joined_results_keep_unlike_keys_apart() -> None:
    one = [finding("PERSON", "A", person="p-1"), finding("QQ", "1", person="p-1")]
    first = parse(json.dumps(whole(one, keyed=False)).encode(), "1.json")
    again = parse(
        json.dumps(whole([dict(f, path="b.csv", fingerprint="x") for f in one], keyed=False)).encode(),
        "2.json",
    )
    joined = join([first, again])
    assert joined.linked_apart
    assert len(exposed(joined.findings)) == 2
    assert joined.files == 2


def test_a_result_given_twice_is_refused() -> None:
    with pytest.raises(UsageError):
        join([_result(), _result()])


def test_an_empty_part_leaves_the_whole_incomplete() -> None:
    assert join([_result(), _result(documents=[], name="2.json")]).incomplete
