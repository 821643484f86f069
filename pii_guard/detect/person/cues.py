"""Words before or after which a name is expected.

A *label* asks for a name (`姓名：`, `"receiver": "`); a *cue* introduces one in a sentence (我叫,
患者, 收件人); what follows can also prove it: a phone number in brackets, 先生, 签收.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator

from pii_guard.detect.person import latin
from pii_guard.detect.person.lexicon import load
from pii_guard.detect.person.lexicon import section
from pii_guard.detect.person.shape import DOTTED
from pii_guard.detect.person.shape import HAN
from pii_guard.detect.person.shape import LATIN
from pii_guard.detect.person.shape import han_end
from pii_guard.detect.words import compile_words
from pii_guard.model import Hit
from pii_guard.patterns import lazy

LABELS, ROLES = section("labels"), section("roles")
_KNOWN = {label.lower(): label not in ROLES for label in [*LABELS, *ROLES]}  # does it surely ask for a name?
_LONGEST = max(map(len, _KNOWN))
_SIZES = {  # last character of a label -> how long such labels are, longest first
    last: sorted({len(label) for label in _KNOWN if label[-1] == last}, reverse=True)
    for last in {label[-1] for label in _KNOWN}
}
_GAP = " \t\u3000\"'“”‘’"
_FILLED = lazy("[ \t\u3000\"'“‘]{0,6}")


def _lasts(labels: Iterable[str]) -> str:
    return "".join(sorted({case for label in labels for case in (label[-1].lower(), label[-1].upper())}))


_SEPARATOR = lazy(  # behind what can end a label; behind a speaker's only before a surname
    rf"[：:=＝\t|](?:(?<=[{_lasts(set(LABELS) - set(ROLES))}{_GAP}].)"
    rf"|(?<=[{_lasts(ROLES)}].)(?={_FILLED.pattern}[{''.join(sorted(load().common))}]))"
)
NAMING, WEAK = frozenset(section("naming")), frozenset(section("weak"))
_CUE = lazy(rf"({compile_words(section('cues')).pattern})[“\"「 ]?(?=[{HAN}])")
_PROOF = lazy(
    r"[ \t\u3000]{0,2}(?:先生|女士|小姐|同志|阁下|您好|你好|(?:已|本人)?签收|来电|致电"
    r"|[，,：:（( ]{0,2}(?:(?:电话|手机|联系电话|身份证|男|女)(?:[：:，,。\s、）)]|号|$)|1[3-9][0-9]{9}))"
)
_VALUE = lazy(rf"(?:(?!某)[{HAN}〇]){{2,4}}(?![{HAN}〇A-Za-z0-9*＊xX某])")
_SPACED = lazy(rf"[{''.join(sorted(load().singles))}][ \u3000]{{1,4}}[{HAN}](?![{HAN}A-Za-z0-9])")
_TAIL = lazy(r"(?:先生|女士|小姐|同志|老师|师傅|经理|主任|医生|律师|教授|同学|收|亲启|启)\Z")
_NOBODY = lazy("公司|部|中心|保密")
_MOBILE = lazy(r"1[3-9][0-9]{9}(?<![0-9].{11})(?![0-9])")
_REACHABLE = lazy(rf"(?<![{HAN}A-Za-z0-9])([{HAN}]{{2,4}})[（(,，:：\t ]{{1,2}}(?:\+?86[- ]?)?\Z")
_BEFORE_MOBILE = 12  # characters
_MASK = lazy(r"[*＊×○●□■█_]|[xX]{2}|某")


def labelled(text: str) -> Iterator[Hit]:
    """Names right behind a label with a colon, an equals sign, a tab or a cell border."""
    for found in _SEPARATOR.finditer(text):
        label = label_before(text, found.start())
        if not label:
            continue
        start = _FILLED.match(text, found.end()).end()  # type: ignore[union-attr]
        if not _KNOWN[label] and (text[start : start + 1] not in load().common or not _VALUE.match(text, start)):
            continue  # in a chat the speaker's words follow: only a clear name counts
        end, score = value_end(text, start)
        if score and label in latin.VAGUE and text[start].isascii() and not latin.personal(text[start:end]):
            score = latin.DOUBTFUL
        if not _KNOWN[label]:
            score = 0.7 if score > 0.9 and plain(text[start:end]) else 0.0
        if score:
            yield Hit(start, end, "PERSON", score, (f"cue:{label}",))


def label_before(text: str, end: int) -> str:
    """The label that ends at `end` (spaces inside it and quotes around it aside), or nothing."""
    tail = text[max(0, end - _LONGEST) : end]
    if tail[-1:] in _GAP or tail[-2:-1] in _GAP:  # rare: `"name" :`, `姓 名：`
        tail = "".join(text[max(0, end - 2 * _LONGEST) : end].rpartition("\n")[2].rstrip(_GAP).split())
    for size in _SIZES.get(tail[-1:].lower(), ()):
        label = tail[-size:].lower()
        if label in _KNOWN and not (tail[-size - 1 : -size].isalpha() and (size == 1 or label.isascii())):
            return label
    return ""


def plain(name: str) -> bool:
    """A common surname, characters usual in given names, and no word of the language."""
    words = load()
    return (
        (name[0] in words.common or name[:2] in words.compound)
        and name[0] not in words.wordy
        and name not in words.words
        and all(words.given.get(c, 0) > 0 for c in name[1:])
    )


def value_end(text: str, start: int) -> tuple[int, float]:
    """Where the name in a place made for one ends, and how sure that is; `start` when it holds none."""
    for pattern in (DOTTED, LATIN):
        if found := pattern.match(text, start):
            return found.end(), 0.9
    if whole := _VALUE.match(text, start):
        value = _TAIL.sub("", whole.group())
        return start + len(value), _worth(value)
    if spaced := _SPACED.match(text, start):
        return spaced.end(), 0.9
    end = han_end(text, start)
    name, words = text[start:end], load()
    known = name in words.blank or name in words.words or name in words.never
    no_name = not name or known or _MASK.match(text, end)
    return (start, 0.0) if no_name else (end, 0.85)


def _worth(value: str) -> float:
    """How surely the two to four characters that fill a place for a name are one."""
    words = load()
    known = words.surname(value, 0)
    if len(value) < 2 or value in words.blank or _NOBODY.search(value):
        return 0.0
    if known and len(value) <= known + 2:
        return 0.95
    kinds = [words.given.get(c, 0) for c in value]
    return 0.6 if min(kinds) >= 0 and 2 * sum(kind > 0 for kind in kinds) >= len(value) else 0.0


def reachable(text: str) -> Iterator[Hit]:
    """Names that stand by themselves right before a mobile number: `张伟（138…`, `张伟,138…`."""
    everyday = load().everyday
    for mobile in _MOBILE.finditer(text):
        found = _REACHABLE.search(text, max(0, mobile.start() - _BEFORE_MOBILE), mobile.start())
        if not found:
            continue
        name = found.group(1)
        score = _worth(name) - 0.1
        if score > 0 and not any(name[i : i + 2] in everyday for i in range(len(name) - 1)):
            yield Hit(found.start(1), found.end(1), "PERSON", score, ("before:phone",))


def introduced(text: str) -> Iterator[Hit]:
    """Names behind a cue word inside a sentence, weighed by the cue, the surname and what follows."""
    words = load()
    for found in _CUE.finditer(text):
        start = found.end()
        dotted = DOTTED.match(text, start)
        end = dotted.end() if dotted else han_end(text, start)
        name = text[start:end]
        if end == start or _MASK.match(text, end) or name in words.blank:
            continue
        closed = found.group(1) in NAMING and not text[end : end + 1].isalnum()
        proof = closed or bool(_PROOF.match(text, end))
        if (name in words.words or name in words.everyday) and not proof:
            continue
        score = 0.36 if found.group(1) in WEAK else 0.5
        score += 0.3 if proof else 0.0
        score += 0.2 if dotted else 0.15 if plain(name) else -0.15
        yield Hit(start, end, "PERSON", score, (f"cue:{found.group(1)}",))
