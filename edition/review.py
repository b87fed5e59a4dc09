"""Every finding of every file in one run: well-formedness, grammar, rules, display, and what crosses files.

Each file is judged by itself in a worker process; its record, from the cache if it is held there, is judged with all others'.
Nothing is published. The schema is the project's own, in ``schema/`` of its TEI folder; without one, grammar and rules are not
checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from edition import products
from edition.crossing import File, crossing
from edition.findings import Finding, Unreadable, finding
from edition.inputs import Input, InputError, described, listed, shown
from edition.records import Links, links
from edition.relaxng.grammar import GrammarError, Kind
from edition.settings import Settings
from edition.transform import Products, TransformError
from edition.validate import Tree, parse
from edition.workers import Progress, Tools, work_through


@dataclass(frozen=True, slots=True)
class Review:
    """How many files were looked at, all findings by file and line, and whether there was a grammar, and rules, to check."""

    files: int
    findings: tuple[Finding, ...]
    has_grammar: bool
    has_rules: bool


@dataclass(frozen=True, slots=True)
class _Task:
    """A file to judge; one that was not asked for is only read, because others may point at it."""

    settings: Settings
    input: Input
    asked_for: bool


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was found in one file by itself, and its links, None when it cannot be read."""

    findings: tuple[Finding, ...]
    links: Links | None


def review(
    settings: Settings,
    files: Sequence[Path] = (),
    jobs: int = 1,
    progress: Progress = lambda step, done, total: None,
) -> Review:
    """All findings of the project, or those of some ``files`` (what crosses files is judged with all of the project even then).

    A file that is none of the project's is judged by itself. Raises InputError when there is nothing to judge.
    """
    inputs, faults = _inputs(settings, files)
    if not inputs and not faults:
        raise InputError(f"{settings.tei}: there is no TEI file in this folder. Name the folder of TEI with --tei.")
    everything = {each.shown for each in inputs} | {each.path for each in faults}
    asked = {shown(settings, path.resolve()) for path in files} or everything
    tasks = [_Task(settings, each, each.shown in asked) for each in inputs]
    grammar, rules = (path if path.is_file() else None for path in (_grammar(settings), _rules(settings)))
    with suppress(OSError):  # where nothing can be written, nothing is kept
        (settings.out / "cache").mkdir(parents=True, exist_ok=True)
    results = work_through(Tools(settings.stylesheets, grammar, rules), tasks, _judge, jobs, "Validating", progress)
    judged = list(zip(tasks, results, strict=True))
    found = [*faults, *(finding("E013", task.input.shown) for task, result in judged if result is None and task.asked_for)]
    found += [each for _, result in judged if result for each in result.findings]
    linked = [
        File(each.shown, each.role, each.place, result.links)
        for each, result in zip(inputs, results, strict=True)
        if result and result.links
    ]
    unread = {each.place for each in inputs} - {file.place for file in linked}
    found += [each for each in crossing(linked, unread, lambda place: _exists(settings.tei / place)) if each.path in asked]
    return Review(sum(task.asked_for for task in tasks), tuple(sorted(set(found))), grammar is not None, rules is not None)


def _grammar(settings: Settings) -> Path:
    return settings.tei / "schema" / "edition.rng"


def _rules(settings: Settings) -> Path:
    return settings.tei / "schema" / "edition.sch"


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no file has such a name
        return False


def _inputs(settings: Settings, files: Sequence[Path]) -> tuple[list[Input], list[Finding]]:
    """The files of the project and, behind them, those asked for that are none of its; and of the faults those asked about."""
    software = products.software(settings)
    inputs, faults = listed(settings, software) if settings.tei.is_dir() or not files else ([], [])
    known = {each.shown for each in inputs} | {each.path for each in faults}
    for path in (path.resolve() for path in files):
        if shown(settings, path) not in known:
            try:
                inputs.append(described(settings, software, path, "documents", path.name))
            except Unreadable as cause:
                faults.append(cause.finding)
    return inputs, [each for each in faults if not files or each.path in {shown(settings, path.resolve()) for path in files}]


def _judge(tools: Tools, task: _Task) -> _Judged:
    """Judge one file by itself: what the parser, the schema, the rules and the display say; and read its links."""
    each = task.input
    checked = task.asked_for and not each.place.startswith("schema/")
    made = products.held(each.entry, each.shown)
    try:
        if made is None or (checked and (tools.grammar or tools.rules)):
            tree = parse(each.data(), each.shown)
            made = made or _made(tools, tree, each)
            found = [*_by_grammar(tools, tree, task), *_by_rules(tools, tree, task)] if checked else []
        else:
            found = []
    except Unreadable as cause:
        return _Judged((cause.finding,) if task.asked_for else (), None)
    return _Judged((*found, *(made.findings if task.asked_for else ())), links(made.record))


def _made(tools: Tools, tree: Tree, each: Input) -> Products:
    """The products of a file, kept for the next build if they can be."""
    made = tools.transformer.products(tree, each.shown)
    with suppress(OSError):
        products.hold(each.entry, made)
    return made


CODE_OF_KIND: Mapping[Kind, str] = {
    "element": "E101", "attribute": "E102", "value": "E103", "missing-attribute": "E104", "incomplete": "E105", "text": "E106"
}  # fmt: skip
"""The code for each kind of departure from a grammar."""


def _by_grammar(tools: Tools, tree: Tree, task: _Task) -> Iterator[Finding]:
    """Where a file departs from the schema, in the schema's own words."""
    if isinstance(tools.grammar, GrammarError):
        yield _unusable("E109", task.settings, _grammar(task.settings), tools.grammar)
    elif tools.grammar:
        for fault in tools.grammar.faults(tree):
            yield Finding(task.input.shown, fault.line, fault.column, CODE_OF_KIND[fault.kind], fault.message)


def _by_rules(tools: Tools, tree: Tree, task: _Task) -> Iterator[Finding]:
    """Where a file breaks a rule, in the rule's own words."""
    try:
        if isinstance(tools.rules, TransformError):
            raise tools.rules
        for line, role, message in tools.rules.findings(tree) if tools.rules else ():
            yield Finding(task.input.shown, line, 1, "W201" if role in _ADVISING else "E201", message)
    except TransformError as error:
        yield _unusable("E209", task.settings, _rules(task.settings), error)


_ADVISING = frozenset(("warning", "warn", "information", "info"))
"""The roles of rules that do not forbid."""


def _unusable(code: str, settings: Settings, path: Path, error: Exception) -> Finding:
    """A finding about a schema, at the line its error names, if it begins with one."""
    said = re.sub(r"\s+", " ", str(error))
    named = re.match(re.escape(str(path)) + r":(?:(\d+):)? *", said)
    line = int(named[1] or 1) if named else 1
    return finding(code, shown(settings, path), line, detail=said[named.end() :] if named else said)
