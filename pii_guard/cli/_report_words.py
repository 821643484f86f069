"""What a report calls things: names of types, channels, rules and duties, from the rules in force."""

from __future__ import annotations

from pii_guard import policy
from pii_guard.config import Settings
from pii_guard.detect import rulebook
from pii_guard.messages import Messages
from pii_guard.policy import loader
from pii_guard.summary.words import Words


def words(say: Messages, settings: Settings) -> Words:
    """The names in the user's language."""
    lang = "en" if say.language == "en" else "zh"
    entities = rulebook.load(settings.rules)
    ruleset = loader.load(rulebook.packs(settings.rules))
    return Words(
        say,
        {e.entity_type: e.en if lang == "en" else e.zh for e in entities},
        {number: channel.title[lang] for number, channel in ruleset.channels.items()},
        {rule.id: (rule.title.get("en", ""), rule.remedy.get("en", "")) for rule in ruleset.rules},
        {one.id: one.duty.get(lang, "") for one in ruleset.obligations.values()},
        policy.citations(ruleset, lang),
        {
            n: (policy.consequences(ruleset, n, lang), policy.advice(ruleset, n, lang))
            for n in ruleset.channels
        },
    )
