"""What the user asked to scan: paths, standard input, the index, a change, or the history."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import TYPE_CHECKING
from typing import Any

from pii_guard.config import Settings
from pii_guard.errors import UsageError
from pii_guard.gate.exceptions import Source
from pii_guard.records import dataclass
from pii_guard.sources import paths as path_source
from pii_guard.sources.paths import _excluder as fitting

if TYPE_CHECKING:
    from pii_guard.sources.git_diff import Added


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line said."""

    paths: tuple[str, ...] = ()
    staged: bool = False
    diff: str | None = None
    history: str | None = None
    messages: bool = False
    emails: bool = False
    stdin_filename: str = "stdin.txt"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Sources, and what else is known of them."""

    sources: Iterable[Source]
    added: Added | None = None
    only_added: bool = False
    ignored: int = 0
    attribute: Callable[[Iterable[Any]], Iterator[Any]] = iter


def choose(given: Given, settings: Settings) -> Chosen:
    """The sources of a scan; raises UsageError when the call contradicts itself."""
    if sum(map(bool, (given.staged, given.diff, given.history, given.paths))) > 1:
        raise UsageError("PATH、--staged、--diff、--history 只能给出一种")
    if given.messages and not given.history:
        raise UsageError("--messages 与 --emails 要与 --history 同用")
    if given.staged or given.diff or given.history:
        return _of_git(given, settings)
    if "-" in given.paths:
        if len(given.paths) > 1:
            raise UsageError("“-” 不能与其他路径同时给出")
        from pii_guard.sources import stdin

        return Chosen([stdin.from_stdin(given.stdin_filename)])
    found = path_source.find(given.paths or (".",), exclude=settings.exclude, gitignore=settings.gitignore)
    return Chosen([*found.documents, *found.statuses], ignored=found.ignored)


def _of_git(given: Given, settings: Settings) -> Chosen:
    from pii_guard.sources import git

    tree = git.tree()
    if given.history:
        from pii_guard.sources.git_history import History

        history = History(tree, given.history, given.messages, given.emails, fitting(settings.exclude))
        return Chosen(history.documents(), attribute=history.attribute)
    from pii_guard.sources import git_diff

    change = git_diff.change(tree, given.diff) if given.diff else git_diff.staged_change(tree)
    return Chosen(without(change.documents(), settings.exclude), change.added, bool(given.diff))


def without(sources: Iterable[Source], exclude: tuple[str, ...]) -> Iterator[Source]:
    """The sources whose path fits none of the globs."""
    excluded = fitting(exclude)
    return (source for source in sources if not excluded(source.path))
