"""Every finding of every file in one run: well-formedness, grammar, rules, display, and what crosses files.

Each file is judged by itself in a worker process; its record, from the store if it is held there, is judged with all others'.
Nothing is published. The grammar is the one ``edition.toml`` names, else ``schema/edition.rng`` of the TEI folder, else the one
that a file itself names (``xml-model``), if that lies in the project; likewise the rules, but for ``edition.toml``. A file
without either is checked as far as it can be. To be valid is no condition of being published.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from edition import products
from edition.crossing import File, crossing, joined
from edition.findings import Finding, Unreadable, finding
from edition.inputs import Input, InputError, Scan, described, exists, listed, shown
from edition.overrides import stylesheets
from edition.recorded import links
from edition.records import Links
from edition.relaxng.grammar import Fault, GrammarError, Kind
from edition.seen import Seen
from edition.settings import Settings
from edition.store import StoreError
from edition.transform import Products, TransformError
from edition.validate import Tree
from edition.workers import MOST_SECONDS, Progress, TimeOutError, Tools, Workers, within


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
class _Schemas:
    """The schemas a file is to be checked with; None for none."""

    grammar: Path | None = None
    rules: Path | None = None


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was found in one file by itself, its links (None when it cannot be read), and what it was checked with."""

    findings: tuple[Finding, ...]
    links: Links | None
    schemas: _Schemas


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
    with Workers(Tools(stylesheets(settings)), jobs, progress) as workers:
        results = workers.work_through(tasks, _judge, "Validating")
    judged = list(zip(tasks, results, strict=True))
    found = [*faults, *(finding("E013", task.input.shown) for task, result in judged if result is None and task.asked_for)]
    found += [each for _, result in judged if result for each in result.findings]
    linked = [
        File(each.shown, each.role, each.place, result.links)
        for each, result in zip(inputs, results, strict=True)
        if result and result.links
    ]
    unread = {each.place for each in inputs} - {file.place for file in linked}
    found += [each for each in crossing(linked, unread, lambda place: exists(settings.tei / place)) if each.path in asked]
    has_grammar, has_rules = (any(getattr(result.schemas, name) for result in results if result) for name in ("grammar", "rules"))
    return Review(sum(task.asked_for for task in tasks), tuple(sorted(set(found))), has_grammar, has_rules)


def _schemas(settings: Settings, each: Input) -> _Schemas:
    """The schemas of a file: those of the edition, else those of the project that its ``xml-model`` instructions name.

    A grammar that ``edition.toml`` names is taken even if it is not there, so that this is heard of.
    """
    own = [settings.tei / "schema" / f"edition.{ending}" for ending in ("rng", "sch")]
    grammar, rules = (path if path.is_file() else None for path in own)
    grammar = settings.grammar or grammar
    if grammar is None or rules is None:
        named = list(_named(settings, each))
        grammar = grammar or next((path for path in named if path.suffix == ".rng"), None)
        rules = rules or next((path for path in named if path.suffix == ".sch"), None)
    return _Schemas(grammar, rules)


def _named(settings: Settings, each: Input) -> Iterator[Path]:
    """The files of the project that a file's ``xml-model`` instructions name."""
    for instruction in _MODEL.finditer(each.data()[:LONGEST_PROLOG].decode("utf-8", "replace")):
        href = _MODEL_HREF.search(instruction[0])
        if href is None:
            continue
        path = Path(os.path.normpath(each.path.parent / unquote(unescape(href[2]))))
        if exists(path) and path.is_file() and any(path.is_relative_to(home) for home in (settings.project, settings.tei)):
            yield path


LONGEST_PROLOG = 10_000
"""Bytes at the beginning of a file that are looked at for instructions."""
_MODEL = re.compile(r"<\?xml-model\s.*?\?>", re.DOTALL)
_MODEL_HREF = re.compile(r"""\bhref\s*=\s*(["'])(.*?)\1""", re.DOTALL)


def _inputs(settings: Settings, files: Sequence[Path]) -> tuple[list[Input], list[Finding]]:
    """The files of the project and, behind them, those asked for that are none of its; and of the faults those asked about."""
    software = products.software(settings)
    seen = Seen(settings.out, f"{software} {settings.tei}")
    inputs, faults = listed(settings, software, seen) if settings.tei.is_dir() or not files else ([], [])
    known = {each.shown for each in inputs} | {each.path for each in faults}
    for path in (path.resolve() for path in files):
        if shown(settings, path) not in known:
            try:
                scan = Scan(settings.tei if path.is_relative_to(settings.tei) else path.parent)
                inputs.append(described(settings, software, path, "documents", path.name, scan))
            except Unreadable as cause:
                faults.append(cause.finding)
    return inputs, [each for each in faults if not files or each.path in {shown(settings, path.resolve()) for path in files}]


def _judge(tools: Tools, task: _Task) -> _Judged:
    """Judge one file by itself: what the parser, the schema, the rules and the display say; and read its links."""
    each = task.input
    checked = task.asked_for and not each.place.startswith("schema/")
    schemas = _schemas(task.settings, each) if checked else _Schemas()
    found: list[Finding] = []
    try:
        if schemas.grammar or schemas.rules:
            tree = each.whole().tree
            found += [*_by_grammar(tools, tree, task, schemas.grammar), *_by_rules(tools, tree, task, schemas.rules)]
        said = _said(tools, each)
    except Unreadable as cause:
        return _Judged((each.judged(cause.finding),) if task.asked_for else (), None, schemas)
    found += [one for findings, _ in said for one in findings]
    return _Judged(tuple(found) if task.asked_for else (), joined(part for _, part in said if part), schemas)


def _said(tools: Tools, each: Input) -> list[_Said]:
    """The findings and the links of each thing that is made of a file; it is kept for the next build if it can be."""
    with suppress(StoreError):
        return list(_read(products.held(each)))
    with suppress(OSError, StoreError):  # where nothing can be written, nothing is kept
        products.keep(each, tools.transformer.made(each.whole(), each.shown))
        return list(_read(products.held(each)))
    return list(_read(tools.transformer.made(each.whole(), each.shown)))


_Said = tuple[tuple[Finding, ...], Links | None]


def _read(made: Iterable[products.Kept | Products | Finding]) -> Iterator[_Said]:
    for each in made:
        if isinstance(each, Finding):
            yield (each,), None
        else:
            yield each.findings, links(each.said if isinstance(each, products.Kept) else each.record)


CODE_OF_KIND: Mapping[Kind, str] = {
    "element": "E101", "attribute": "E102", "value": "E103", "missing-attribute": "E104", "incomplete": "E105", "text": "E106"
}  # fmt: skip
"""The code for each kind of departure from a grammar."""


def _by_grammar(tools: Tools, tree: Tree, task: _Task, path: Path | None) -> Iterator[Finding]:
    """Where a file departs from the schema, in the schema's own words."""
    grammar = tools.grammar(path) if path else None
    if isinstance(grammar, GrammarError):
        yield _unusable("E109", task.settings, path, grammar)
    elif grammar:
        faults: list[Fault] = []
        try:
            with within(MOST_SECONDS):
                for fault in grammar.faults(tree):
                    faults.append(fault)
        except TimeOutError:
            yield finding("W108", task.input.shown, detail=f"{MOST_SECONDS} seconds were not enough.")
        for fault in faults:
            yield Finding(task.input.shown, fault.line, fault.column, CODE_OF_KIND[fault.kind], fault.message)


def _by_rules(tools: Tools, tree: Tree, task: _Task, path: Path | None) -> Iterator[Finding]:
    """Where a file breaks a rule, in the rule's own words."""
    try:
        rules = tools.rules(path) if path else None
        if isinstance(rules, TransformError):
            raise rules
        for line, role, message in rules.findings(tree) if rules else ():
            yield Finding(task.input.shown, line, 1, "W201" if role in _ADVISING else "E201", message)
    except TransformError as error:
        yield _unusable("E209", task.settings, path, error)


_ADVISING = frozenset(("warning", "warn", "information", "info"))
"""The roles of rules that do not forbid."""


def _unusable(code: str, settings: Settings, path: Path | None, error: Exception) -> Finding:
    """A finding about a schema, at the line its error names, if it begins with one."""
    said = re.sub(r"\s+", " ", str(error))
    named = re.match(re.escape(str(path)) + r":(?:(\d+):)? *", said)
    line = int(named[1] or 1) if named else 1
    return finding(code, shown(settings, path or settings.tei), line, detail=said[named.end() :] if named else said)
