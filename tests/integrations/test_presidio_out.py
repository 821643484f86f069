"""Our recognizers inside the real AnalyzerEngine, masked by the real AnonymizerEngine."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import pytest
from presidio_samples import SAMPLES

from pii_guard.detect import rulebook
from pii_guard.detect.rules import Case
from pii_guard.detect.rules import read_cases
from pii_guard.detect.rules import unmark
from pii_guard.errors import UsageError
from pii_guard.integrations import presidio
from pii_guard.model import Hit
from pii_guard.model import Segment
from pii_guard.scanner import Scanner

pytestmark = pytest.mark.presidio


@cache
def engine() -> Any:
    return presidio.analyzer()


@cache
def found(text: str) -> set[tuple[str, int, int, float]]:
    """What Presidio reports, in our types."""
    results = engine().analyze(text, language="zh")
    return {(r.recognition_metadata["pii_guard_entity_type"], r.start, r.end, r.score) for r in results}


@cache
def rule_cases() -> tuple[Case, ...]:
    return tuple(case for file in rulebook.entity_files() for case in read_cases(file))


def test_every_type_has_a_sample() -> None:
    assert set(SAMPLES) == set(Scanner().entities)


@pytest.mark.parametrize("entity_type", sorted(SAMPLES))
def test_every_type_is_found(entity_type: str) -> None:
    text, spans = unmark(SAMPLES[entity_type])
    assert {(start, end) for t, start, end, _ in found(text) if t == entity_type} == set(spans)


def test_hit_cases_of_the_rules_are_found() -> None:
    missed = [
        case.text
        for case in rule_cases()
        if not set(case.spans)
        <= {(start, end) for t, start, end, _ in found(case.text) if t == case.entity_type}
    ]
    assert missed == []


def test_presidio_and_scanner_agree() -> None:
    scanner = Scanner()
    texts = [unmark(line)[0] for line in SAMPLES.values()] + [case.text for case in rule_cases()[::5]]
    for text in texts:
        assert found(text) == {(f.entity_type, f.start, f.end, f.score) for f in scanner.scan_text(text)}, (
            text
        )


@pytest.mark.parametrize(
    ("text", "entity", "start", "end", "least", "most"),
    [  # in the manner of Presidio's own recognizer tests
        ("身份证号：11010519491231002X", "RESIDENT_ID", 5, 23, 0.9, 1.0),
        (
            "身份证号：110105194912310021",
            "RESIDENT_ID",
            5,
            23,
            0.5,
            0.7,
        ),  # wrong check digit: mistyped, still somebody's
        ("电话13800138000", "PHONE_NUMBER", 2, 13, 0.8, 1.0),
        ("卡号6222021234567890128", "CREDIT_CARD", 2, 21, 0.8, 1.0),
    ],
)
def test_positions_and_scores(
    text: str, entity: str, start: int, end: int, least: float, most: float
) -> None:
    (result,) = engine().analyze(text, language="zh", entities=[entity])
    assert (result.entity_type, result.start, result.end) == (entity, start, end)
    assert least <= result.score <= most


@pytest.mark.parametrize("text", ["订单号110105194912310021", "单号20260101123456789", "版本 1.2.3.4"])
def test_lookalikes_stay_quiet(text: str) -> None:
    assert (
        engine().analyze(text, language="zh", entities=["RESIDENT_ID", "CREDIT_CARD", "PHONE_NUMBER"]) == []
    )


def test_explanation_names_recognizer_reason_and_validation() -> None:
    (result,) = engine().analyze("身份证号：11010519491231002X", language="zh", return_decision_process=True)
    why = result.analysis_explanation
    assert (why.recognizer, why.validation_result) == ("CnResidentIdRecognizer", True)
    assert why.supportive_context_word == "身份证号"
    assert "check_digit" in why.textual_explanation
    (result,) = engine().analyze("身份证号：110105194912310021", language="zh", return_decision_process=True)
    assert result.analysis_explanation.validation_result is False
    assert "110105" not in str(result.analysis_explanation)


def test_validate_result() -> None:
    (recognizer,) = presidio.recognizers(["RESIDENT_ID"])
    assert recognizer.validate_result("11010519491231002X") is True
    assert recognizer.validate_result("110105194912310021") is False
    (recognizer,) = presidio.recognizers(["OTP"])
    assert recognizer.validate_result("482913") is None


def test_vocabulary() -> None:
    assert presidio.analyzer(["MOBILE_PHONE"]).get_supported_entities("zh") == ["PHONE_NUMBER"]
    ours = presidio.analyzer(["MOBILE_PHONE"], vocabulary="pii_guard")
    assert [r.entity_type for r in ours.analyze("电话13800138000", language="zh")] == ["MOBILE_PHONE"]


@pytest.mark.parametrize("wrong", [{"types": ["NOPE"]}, {"vocabulary": "klingon"}])
def test_wrong_arguments(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        presidio.recognizers(**wrong)


def test_in_a_registry_of_the_user() -> None:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer import RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine
    from presidio_analyzer.predefined_recognizers import IbanRecognizer

    registry = RecognizerRegistry(supported_languages=["zh"])
    presidio.add_to(registry, ["MOBILE_PHONE", "QQ"])
    registry.add_recognizer(IbanRecognizer(supported_language="zh"))
    registry.remove_recognizer("CnQqRecognizer")
    nothing = NoOpNlpEngine(models=[{"lang_code": "zh", "model_name": ""}])
    engine = AnalyzerEngine(registry=registry, nlp_engine=nothing, supported_languages=["zh"])
    results = engine.analyze("电话13800138000 QQ：123456789 IBAN DE89370400440532013000", language="zh")
    assert {r.entity_type for r in results} == {"PHONE_NUMBER", "IBAN_CODE"}
    assert registry.get_country_codes() == ["cn"]


def test_ad_hoc_and_batch() -> None:
    from presidio_analyzer import BatchAnalyzerEngine

    plates = presidio.recognizers(["LICENSE_PLATE"], vocabulary="pii_guard")
    phones = presidio.analyzer(["MOBILE_PHONE"])
    results = phones.analyze("车牌号京A12345", language="zh", ad_hoc_recognizers=plates)
    assert [r.entity_type for r in results] == ["LICENSE_PLATE"]
    batch = BatchAnalyzerEngine(analyzer_engine=phones)
    lists = list(batch.analyze_iterator(["电话13800138000", "没有"], language="zh"))
    assert [len(found) for found in lists] == [1, 0]
    cells = {
        row.key: row.recognizer_results
        for row in batch.analyze_dict({"说明": ["电话13800138000"]}, language="zh")
    }
    assert len(cells["说明"][0]) == 1


class CountingScanner(Scanner):
    searches = 0

    def hits(self, segment: Segment) -> list[Hit]:
        self.searches += 1
        return super().hits(segment)


def test_a_text_is_searched_once_and_not_kept() -> None:
    scanner = CountingScanner()
    recognizers = presidio.recognizers(scanner=scanner)
    counting = presidio.analyzer(scanner=scanner)
    counting.analyze("电话13800138000", language="zh")
    counting.analyze("电话13800138000", language="zh")
    assert scanner.searches == 2 < len(recognizers)
    gc.collect()
    detection = counting.registry.recognizers[0]._detection
    assert len(detection._found) == 0


def test_threads() -> None:
    texts = [f"客户{n}：手机号1380013{n:04d}，身份证号：11010519491231002X" for n in range(64)]
    expected = [found(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(found, texts)) == expected


OPERATORS: dict[str, dict[str, Any]] = {
    "mask": {"masking_char": "*", "chars_to_mask": 100, "from_end": False},
    "replace": {"new_value": "<机密>"},
    "redact": {},
    "hash": {"hash_type": "sha256"},
    "encrypt": {"key": "WmZq4t7w!z%C&F)J"},
    "custom": {"lambda": lambda value: "〇" * len(value)},
}


@pytest.mark.parametrize("operator", sorted(OPERATORS))
def test_anonymizer_takes_every_type(operator: str) -> None:
    from presidio_anonymizer import AnonymizerEngine
    from presidio_anonymizer.entities import OperatorConfig

    chosen = {"DEFAULT": OperatorConfig(operator, OPERATORS[operator])}
    for entity_type, line in SAMPLES.items():
        text, spans = unmark(line)
        results = engine().analyze(text, language="zh")
        cleaned = AnonymizerEngine().anonymize(text=text, analyzer_results=results, operators=chosen).text
        for start, end in spans:  # with what stands before it: three digits of a code may be in a random hash, too
            assert f"\n{text}"[start : end + 1] not in f"\n{cleaned}", entity_type


def test_encrypted_values_come_back() -> None:
    from presidio_anonymizer import AnonymizerEngine
    from presidio_anonymizer import DeanonymizeEngine
    from presidio_anonymizer.entities import OperatorConfig

    key = {"key": "WmZq4t7w!z%C&F)J"}
    text = "张三的手机号是13800138000，卡号6222021234567890128"
    results = engine().analyze(text, language="zh")
    hidden = AnonymizerEngine().anonymize(text, results, {"DEFAULT": OperatorConfig("encrypt", key)})
    shown = DeanonymizeEngine().deanonymize(
        hidden.text, hidden.items, {"DEFAULT": OperatorConfig("decrypt", key)}
    )
    assert shown.text == text


def test_our_yaml_loads_in_presidio() -> None:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer import RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    registry = RecognizerRegistry(supported_languages=["zh"])
    files = [file for file in rulebook.entity_files() if not file.name.endswith(".cases.yaml")]
    for file in files:
        registry.add_recognizers_from_yaml(file)
    assert {e for r in registry.recognizers for e in r.supported_entities} == set(Scanner().entities)
    nothing = NoOpNlpEngine(models=[{"lang_code": "zh", "model_name": ""}])
    engine = AnalyzerEngine(registry=registry, nlp_engine=nothing, supported_languages=["zh"])
    results = engine.analyze("电话13800138000", language="zh", score_threshold=0.4)
    assert [(r.entity_type, r.start, r.end) for r in results] == [("MOBILE_PHONE", 2, 13)]
