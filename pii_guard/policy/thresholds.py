"""Figures of the law that a scan can count: indicators for the reader, never legal conclusions.

* criminal-threshold indicator: 法释〔2017〕10号 art. 5 (read in full): 50 records of whereabouts, communication
  content, credit or property; 500 of accommodation, health, transactions; 5000 of the rest; classes add up in
  proportion; half of it for data obtained on duty or in a service.
* incident clock: 个人信息保护法 57, 国家网络安全事件报告管理办法 4 and annex.
* C1-C3: JR/T 0171-2020 4.2.  Levels 1-4: GB/T 43697-2024 (unverified, 待核).
* data sent abroad: 促进和规范数据跨境流动规定 5, 7, 8.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping

from pii_guard.model import Finding
from pii_guard.policy.people import identity
from pii_guard.records import dataclass

WEIGHTS = (50, 500, 5000)
CLASS_50 = frozenset({"GPS_LOCATION", "BANK_CARD", "BANK_ACCOUNT", "TRACK_DATA"})
CLASS_500 = frozenset({"WAYBILL_NUMBER"})
CLASS_OF_RULE = {
    "GBT45574-A-CREDIT": 50,
    "GBT45574-A-WHEREABOUTS": 50,
    "GBT45574-A-HEALTH": 500,
}  # told by the words
NOT_PERSONAL = frozenset({"SERVICE_NUMBER", "USCC", "URL"})
SENSITIVE = frozenset("GPS_LOCATION BANK_CARD BANK_ACCOUNT TRACK_DATA CVV".split())
SENSITIVE_RULES = frozenset(
    f"GBT45574-A-{name}" for name in "CREDIT WHEREABOUTS HEALTH RELIGION BIOMETRIC".split()
)

C3 = frozenset({"CVV", "CARD_EXPIRY", "TRACK_DATA", "PASSWORD"})
_C2_WORDS = """
OTP RESIDENT_ID FOREIGN_RESIDENT_ID PASSPORT HK_MACAU_PERMIT TAIWAN_PERMIT MILITARY_ID DRIVING_LICENCE
HKID MACAU_ID TAIWAN_ID BANK_CARD BANK_ACCOUNT MOBILE_PHONE LANDLINE ADDRESS PERSON ALIPAY_ACCOUNT
BIRTH_DATE
"""
C2 = frozenset(_C2_WORDS.split())
ACCOUNTS = frozenset("BANK_CARD BANK_ACCOUNT CVV TRACK_DATA".split())

INCIDENT_STEPS = ((1_000_000, "larger"), (10_000_000, "major"), (100_000_000, "especially_major"))
LARGE_EXPORT, LARGE_SENSITIVE_EXPORT, SOME_EXPORT = 1_000_000, 10_000, 100_000


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock that starts when an incident is found; `when` says which incidents: any, larger, courier or bank."""

    trigger: Mapping[str, str]
    hours: int | None  # None: at once
    source: str
    grade: str
    when: str = "any"


CLOCK = (
    Deadline(
        {"zh": "发生或可能发生个人信息泄露：立即补救并通知监管部门和个人",
         "en": "leak or possible leak of personal data: remedy at once, notify the authority and the individuals"},
        None, "PIPL-57", "V",
    ),
    Deadline(
        {"zh": "较大以上网络安全事件，一般运营者向属地省级网信部门报告",
         "en": "larger network incident, ordinary operator: report to the provincial cyberspace office"},
        4, "INCID-4", "P", "larger",
    ),
    Deadline(
        {"zh": "较大以上网络安全事件，关键信息基础设施向保护部门和公安机关报告",
         "en": "larger network incident, critical infrastructure: report to the protection department and the police"},
        1, "INCID-4", "P", "larger",
    ),
    Deadline(
        {"zh": "处置结束后提交总结报告", "en": "summary report after the incident was handled"},
        30 * 24, "INCID-8", "P", "larger",
    ),
    Deadline(
        {"zh": "快递用户信息泄露：立即补救并向邮政管理部门报告",
         "en": "leak of courier users' data: remedy at once, report to the postal authority"},
        None, "EXPR-34", "V", "courier",
    ),
    Deadline(
        {"zh": "银行保险机构数据安全事件报告（业内通说）", "en": "data incident of a bank or insurer (as widely cited)"},
        2, "NFRA24-RPT", "M", "bank",
    ),
    Deadline(
        {"zh": "金融消费者信息泄露有其他不利影响的报告（业内通说）",
         "en": "leak of financial consumers' data with other adverse effects (as widely cited)"},
        72, "PBOC5-28", "M", "bank",
    ),
)  # fmt: skip


def records(findings: Iterable[Finding]) -> Mapping[int, set[str]]:
    """Distinct records by their class."""
    values: dict[int, set[str]] = defaultdict(set)
    for finding in findings:
        for weight, record in classed(finding.entity_type, identity(finding), finding.person, finding.rules):
            values[weight].add(record)
    return values


def classed(
    entity_type: str, value: str, person: str = "", rules: Iterable[str] = ()
) -> Iterator[tuple[int, str]]:
    """The classes a value counts in: that of its type, and that of what stands beside it, once a person."""
    if entity_type in NOT_PERSONAL:
        return
    yield (50 if entity_type in CLASS_50 else 500 if entity_type in CLASS_500 else 5000), value
    for rule in rules:
        if rule in CLASS_OF_RULE:
            yield CLASS_OF_RULE[rule], f"{rule}:{person or value}"


def score(counts: Mapping[int, int], on_duty: bool = False) -> float:
    """n50/50 + n500/500 + n5000/5000; doubled where the data was held on duty."""
    return sum(n / weight for weight, n in counts.items()) * (2 if on_duty else 1)


def criminal_score(findings: Iterable[Finding], on_duty: bool = False) -> float:
    """The score of findings, over distinct values."""
    return score({weight: len(seen) for weight, seen in records(findings).items()}, on_duty)


def band(value: float) -> str:
    """Which mark of art. 5 the score reaches: below, serious or especially_serious."""
    return "especially_serious" if value >= 10 else "serious" if value >= 1 else "below"


def incident_level(people: int) -> str | None:
    """The level of the annex of 国家网络安全事件报告管理办法 by people affected, or None below all of them."""
    reached = [name for least, name in INCIDENT_STEPS if people >= least]
    return reached[-1] if reached else None


def deadlines(people: int, types: Iterable[str]) -> tuple[Deadline, ...]:
    """The clocks that would run if data of these types about so many people had leaked."""
    seen = set(types) - NOT_PERSONAL
    holds = {
        "any": bool(seen),
        "larger": incident_level(people) is not None,
        "courier": "WAYBILL_NUMBER" in seen,
        "bank": bool(seen & ACCOUNTS),
    }
    return tuple(clock for clock in CLOCK if holds[clock.when])


def export_route(people: int, sensitive: int) -> str:
    """What would be needed to send data about so many people abroad: assessment, contract or exempt."""
    if people >= LARGE_EXPORT or sensitive >= LARGE_SENSITIVE_EXPORT:
        return "assessment"
    return "contract" if people >= SOME_EXPORT or sensitive else "exempt"


def financial_class(types: Iterable[str]) -> str:
    """C3, C2 or C1 of a set of types; an OTP beside an account counts as C3 (JR/T 0171 4.2: combinations
    rise).
    """
    seen = set(types)
    if seen & C3 or ("OTP" in seen and seen & {"BANK_CARD", "BANK_ACCOUNT"}):
        return "C3"
    return "C2" if seen & C2 else "C1"


def data_level(types: Iterable[str], people: int) -> int:
    """Level 1-4 of general data after GB/T 43697-2024 (待核): authentication data 4, sensitive or bulk 3,
    personal 2.
    """
    seen = set(types) - NOT_PERSONAL
    if financial_class(seen) == "C3":
        return 4
    if seen & C2 and (people >= 100 or len(seen & C2) >= 3):
        return 3
    return 2 if seen else 1
