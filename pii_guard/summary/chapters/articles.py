"""Articles of laws and standards that the clues bear on, with how much evidence; never that one was broken."""

from __future__ import annotations

from pii_guard.summary import counts
from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.chapters._case import Case


def write(case: Case) -> Chapter:
    """The chapter."""
    words, say = case.words, case.words.say
    blocks: list[Block] = [Text(say("summary.articles.note"), "note")]
    rows = [
        (
            words.badge(article.severity),
            words.article(article.law),
            words.duty(article.law),
            article.evidence,
            article.clues,
            words.grade(article.law),
        )
        for article in counts.articles(case.result.violations)
    ]
    columns = tuple(say("summary.article.columns").split("|"))
    if rows:
        caption = say("summary.article.caption")
        blocks.append(Table(caption, columns, (8, 32, 34, 8, 8, 10), rows, 60, say.text("summary.more")))
    else:
        blocks.append(Text(say("summary.articles.none")))
    return Chapter("articles", say("summary.articles"), tuple(blocks))
