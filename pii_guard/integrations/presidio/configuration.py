"""An AnalyzerEngine of Presidio's own recognizers, from its own configuration files.

A file may be any of Presidio's: an analyzer configuration (`nlp_configuration`, `recognizer_registry`), a
recognizer registry or list (`recognizers:`), an NLP configuration (`nlp_engine_name`, `models`).  Without a
file every recognizer that Presidio ships for a country is on, and those without one except what ours finds
anyway.

Nothing is fetched: a spaCy model that is missing is an error here, where Presidio would download it, and the
e-mail recognizer reads the suffix list that came with tldextract instead of asking the network for a new one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer import EntityRecognizer
from presidio_analyzer import RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpArtifacts
from presidio_analyzer.nlp_engine import NlpEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
from presidio_analyzer.nlp_engine import SlimSpacyNlpEngine
from presidio_analyzer.predefined_recognizers import EmailRecognizer
from presidio_analyzer.predefined_recognizers import SpacyRecognizer
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider
from presidio_analyzer.recognizer_registry.recognizers_loader_utils import PredefinedRecognizerNotFoundError
from presidio_analyzer.recognizer_registry.recognizers_loader_utils import RecognizerConfigurationLoader

from pii_guard.errors import UsageError

if TYPE_CHECKING:
    from tldextract import ExtractResult

Conf = Mapping[str, object]
ANY = "xx"  # spaCy's code for no language in particular
_WORD = re.compile(r"\w+(?:[-'#]\w+)*#?|\S")
_OURS = frozenset(
    [
        "CreditCardRecognizer",
        "EmailRecognizer",
        "IpRecognizer",
        "MacAddressRecognizer",
        "UrlRecognizer",
        "DateRecognizer",
    ]
)


class WordsEngine(SlimSpacyNlpEngine):
    """Tokens without a model: each word is its own lemma, so context words still count.

    `Steuer-ID` and `nric#` stay whole, as they stand in the recognizers' context words.
    """

    def __init__(self) -> None:
        super().__init__(models=[{"lang_code": ANY, "model_name": ""}], auto_download=False)

    def load(self) -> None:
        """A language with a vocabulary (stop words, punctuation) and no model."""
        import spacy

        self.nlp = {ANY: spacy.blank(ANY)}

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """The words of a text, and nothing else."""
        words = list(_WORD.finditer(text))
        return NlpArtifacts(
            entities=[],
            tokens=[word[0] for word in words],
            tokens_indices=[word.start() for word in words],
            lemmas=[word[0].lower() for word in words],
            nlp_engine=self,
            language=language,
            scores=[],
        )


def build(path: Path | None) -> AnalyzerEngine:
    """The engine that a file describes, or the one with all of Presidio's recognizers."""
    conf = _read(path) if path else {}
    try:
        return _build(conf)
    except (ValueError, TypeError, KeyError, PredefinedRecognizerNotFoundError) as error:
        reason = " ".join(str(error.__cause__ or error).split())[:300]
        raise UsageError(f"{path or 'presidio'}: Presidio 不接受这份配置: {reason}") from error


def _build(conf: Conf) -> AnalyzerEngine:
    nlp_conf = _table(conf.get("nlp_configuration")) or (conf if "nlp_engine_name" in conf else {})
    registry_conf = _table(conf.get("recognizer_registry")) or (conf if "recognizers" in conf else shipped())
    nlp = _nlp_engine(nlp_conf) if nlp_conf else WordsEngine()
    if not nlp.is_loaded():
        nlp.load()
    languages: list[str] = nlp.get_supported_languages()
    recognizers = _settled(_recognizers(registry_conf), languages)
    registry = RecognizerRegistry(recognizers=recognizers, supported_languages=languages)
    if (
        nlp_conf
        and nlp.get_supported_entities()
        and not any(isinstance(r, SpacyRecognizer) for r in recognizers)
    ):
        registry.add_nlp_recognizer(nlp)
    if not nlp_conf and any(isinstance(r, SpacyRecognizer) for r in recognizers):
        raise UsageError("用到 NLP 模型的识别器需要在配置中写明 nlp_configuration（模型须已安装）")
    return AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=languages)


def shipped() -> Conf:
    """Presidio's recognizer list with every country's switched on."""
    conf = RecognizerConfigurationLoader.get(registry_configuration={"supported_languages": ["en"]})
    entries = [e for e in conf["recognizers"] if e["name"] not in _OURS]
    on = [{**e, "enabled": True} for e in entries if e.get("country_code") or e.get("enabled", True)]
    return {**conf, "recognizers": on}


def _recognizers(conf: Conf) -> list[EntityRecognizer]:
    entries = conf.get("recognizers")
    languages = conf.get("supported_languages") or sorted({"en", *_languages(entries)})
    if not conf.get("supported_languages") or languages == ["en"]:
        languages = sorted({"en", *_languages(entries)})
    # recognizers for every language differ in nothing but it: one of them is enough
    spelled = [_in_one_language(entry) for entry in entries] if isinstance(entries, list) else entries
    provider = RecognizerRegistryProvider(
        registry_configuration={
            "global_regex_flags": 26,
            **conf,
            "supported_languages": languages,
            "recognizers": spelled,
        }
    )
    recognizers: list[EntityRecognizer] = provider.create_recognizer_registry().recognizers
    return recognizers


def _in_one_language(entry: object) -> object:
    if not isinstance(entry, dict) or entry.get("supported_language") or entry.get("supported_languages"):
        return entry
    return {**entry, "supported_languages": ["en"]}


def _languages(entries: object) -> Iterable[str]:
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict):
            if entry.get("supported_language"):
                yield str(entry["supported_language"])
            for language in entry.get("supported_languages") or ():
                yield str(language["language"] if isinstance(language, dict) else language)


def _settled(recognizers: Iterable[EntityRecognizer], languages: list[str]) -> list[EntityRecognizer]:
    """Recognizers in a language that the NLP engine has; of those that now differ in context words only, one.

    Presidio runs a recognizer on texts of its language only, but a German number stands in Chinese texts too.
    """
    kept: dict[tuple[str, ...], EntityRecognizer] = {}
    for recognizer in recognizers:
        if recognizer.supported_language not in languages:
            recognizer.supported_language = languages[0]
        if isinstance(recognizer, EmailRecognizer):
            recognizer.validate_result = _known_suffix
        patterns = [p.regex for p in getattr(recognizer, "patterns", ())]
        key = (recognizer.name, recognizer.supported_language, *recognizer.supported_entities, *patterns)
        first = kept.setdefault(key, recognizer)
        if first is not recognizer:
            first.context = sorted({*first.context, *recognizer.context})
    return list(kept.values())


def _known_suffix(address: str) -> bool:
    return bool(_suffixes()(address).fqdn)


@lru_cache(maxsize=1)
def _suffixes() -> Callable[[str], ExtractResult]:
    from tldextract import TLDExtract

    offline: Callable[[str], ExtractResult] = TLDExtract(suffix_list_urls=(), cache_dir=None)
    return offline


def _nlp_engine(conf: Conf) -> NlpEngine:
    import spacy

    models = conf.get("models")
    for model in models if isinstance(models, list) else []:
        named = model.get("model_name")
        name = named.get("spacy") if isinstance(named, dict) else named
        stanza_or_none = conf.get("nlp_engine_name") in ("stanza", "no_op")
        if not (stanza_or_none or spacy.util.is_package(str(name)) or Path(str(name)).exists()):
            raise UsageError(
                f"spaCy 模型 {name} 未安装；pii-guard 不会自动下载: python -m spacy download {name}"
            )
    return NlpEngineProvider(nlp_configuration=dict(conf)).create_engine()


def _read(path: Path) -> Conf:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{path}: 不是可读的 YAML（{type(error).__name__}）") from error
    known = ("recognizers", "recognizer_registry", "nlp_configuration", "nlp_engine_name")
    if not isinstance(content, dict) or not any(key in content for key in known):
        raise UsageError(f"{path}: 应有 {', '.join(known)} 之一")
    return content


def _table(value: object) -> Conf:
    return value if isinstance(value, dict) else {}
