"""TEI to products: the only module that imports saxonche.

A document is parsed once by saxonche (from what ``edition.validate`` parsed and checked) and given to each entry of ``xslt/``.
Saxon fetches nothing: only ``file:`` is an allowed protocol, and a DOCTYPE, which checked documents no longer have, is refused.
One ``Transformer`` belongs to one process and its main thread (processors made in several threads at once abort the process).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import saxonche
from lxml import etree

from edition.completed import completed, drop_repeated, rows
from edition.findings import Finding, Unreadable, finding
from edition.inclusion import Whole
from edition.members import members
from edition.overrides import PACKAGES
from edition.settings import HOME
from edition.validate import Tree, line_of

_FEATURE = "http://saxon.sf.net/feature/"
_JAXP = "http://www.oracle.com/xml/jaxp/properties/"
_UNLIMITED = ("maxElementDepth", "elementAttributeLimit")
"""Limits of Saxon's parser that ``edition.validate`` has already put in its own words; entities cannot occur any more."""


class TransformError(Exception):
    """A stylesheet, or a Schematron schema, cannot be compiled or fails; the message says where."""


class StylesheetError(TransformError):
    """A stylesheet cannot be compiled: no document is to blame; the message names the stylesheet and the line."""


@dataclass(slots=True)
class Node:
    """A document as Saxon has parsed it, and what its formats have in common, found when the first of them is made."""

    tree: saxonche.PyXdmNode
    common: dict[str, saxonche.PyXdmValue] = field(default_factory=dict)


FRAGMENTS = ("reading", "diplomatic", "source", "header", "witnesses")
"""The products that are pages: HTML fragments, a stylesheet each."""
ALWAYS = FRAGMENTS[:-1]
"""Those that every document has."""


@dataclass(frozen=True, slots=True)
class Products:
    """All that the build makes of one document: HTML fragments, the JSON record, and what to report.

    ``member`` is what a document in a corpus is called there, empty where the document is the file; ``resolved`` its own TEI as
    it was parsed: what it includes is in it, and offsets of the record count in it.
    """

    reading: str
    diplomatic: str
    source: str
    header: str
    witnesses: str
    record: Mapping[str, Any]
    findings: tuple[Finding, ...]
    resolved: str
    member: str = ""


def stylesheet_facts(path: Path) -> tuple[str, str]:
    """What a stylesheet of ``xslt/export/`` says of its format: name and media type, each empty where it does not."""
    try:
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise TransformError(f"{path}: {error}") from error
    return root.get(f"{{{_EDITION}}}name", ""), root.get(f"{{{_EDITION}}}media-type", "")


class Transformer:
    """The stylesheets of a folder, each compiled once, when it is first needed."""

    def __init__(self, stylesheets: Path) -> None:
        self._folder = stylesheets
        self._sheets: dict[str, saxonche.PyXsltExecutable] = {}
        self._saxon = saxonche.PySaxonProcessor(config_file=(stylesheets / PACKAGES).absolute().as_uri())
        self._saxon.set_configuration_property(_FEATURE + "allowedProtocols", "file")
        _parser_setting(self._saxon, "Feature", "http://apache.org/xml/features/disallow-doctype-decl", "true")
        for name in _UNLIMITED:
            _parser_setting(self._saxon, "Property", _JAXP + name, "0")
        if stylesheets != HOME / "xslt":
            self._sheet("reading")  # of a package, Saxon would not tell what is wrong in it

    def _sheet(self, name: str) -> saxonche.PyXsltExecutable:
        """A stylesheet by its path in the folder, without ``.xsl``; compiled when it is first asked for."""
        if name not in self._sheets:
            path = self._folder / f"{name}.xsl"
            try:
                self._sheets[name] = self._saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))
            except saxonche.PySaxonApiError as error:
                raise StylesheetError(f"{path}: {' '.join(str(error).split())}") from error
            self._sheets[name].set_save_xsl_message(True)
        return self._sheets[name]

    def ready(self, *names: str) -> None:
        """Compile stylesheets before they are needed: what is wrong in one is said when a document needs it."""
        with suppress(StylesheetError):
            for name in ("members", "found", *names):
                self._sheet(name)

    def rules(self, schematron: Path) -> Rules:
        """The rules of a Schematron file; raises TransformError where it is wrong in itself, naming file and line."""
        return Rules(self._saxon, self._sheet("schematron"), schematron)

    def fields(self) -> list[dict[str, str]]:
        """The rows of ``xslt/fields.xsl``: name, label and type of each search field."""
        return json.loads(self._sheet("record").call_template_returning_string("{urn:x-edition}field-table"))  # type: ignore[no-any-return]

    def made(self, whole: Whole, path: str) -> Iterator[Products | Finding]:
        """What is made of a file: the products of each document in it, one by one, and what there is to say of the file itself.

        ``path`` is for findings. Raises Unreadable, before it gives anything, when no document of the file can be published.
        """
        try:
            text = etree.tostring(whole.tree, encoding="unicode")
            node = self._saxon.parse_xml(xml_text=text)
            told = json.loads(self._sheet("members").transform_to_string(xdm_node=node))
        except saxonche.PySaxonApiError as error:
            raise Unreadable(finding("E010", path, detail=str(error).splitlines()[0])) from error
        if not told["members"]:
            yield self._products(node, whole.tree, text, path, whole.borrowed)
            yield from whole.findings
            return
        del node, text
        refused: list[Finding] = []
        published = 0
        seen: set[str] = set()
        for member in members(whole, told):
            try:
                made = self.products(member.tree, path, whole.borrowed, member.tei)
            except Unreadable as cause:
                refused.append(cause.finding)
                continue
            published += 1
            drop_repeated(made.record, seen)
            yield replace(made, member=member.name)
        if not published:
            raise Unreadable(refused[0])
        yield from (*whole.findings, *refused)

    def products(self, tree: Tree, path: str, borrowed: Set[str] = frozenset(), own: str = "") -> Products:
        """All products of the checked tree of one document; ``path`` is for findings, ``borrowed`` the ids of what it includes.

        ``own`` is the document alone, where the tree has corpora around it.

        Raises Unreadable when the tree is not TEI P5 (as ``record.xsl`` judges it) or a stylesheet fails on it.
        """
        try:
            text = etree.tostring(tree, encoding="unicode")
            node = self._saxon.parse_xml(xml_text=text)
        except saxonche.PySaxonApiError as error:
            raise Unreadable(finding("E010", path, detail=str(error).splitlines()[0])) from error
        return self._products(node, tree, own or text, path, borrowed)

    def nodes(self, whole: Whole) -> Iterator[tuple[str, Node]]:
        """The documents of a file, each by what it is called there (empty: it is the file), for ``export``."""
        node = self._saxon.parse_xml(xml_text=etree.tostring(whole.tree, encoding="unicode"))
        told = json.loads(self._sheet("members").transform_to_string(xdm_node=node))
        if not told["members"]:
            yield "", Node(node)
            return
        for member in members(whole, told):
            yield member.name, Node(self._saxon.parse_xml(xml_text=etree.tostring(member.tree, encoding="unicode")))

    def export(self, extension: str, node: Node, context: str) -> str:
        """A document in a format, as ``xslt/export/`` makes it; ``context`` is what ``edition.exports.context`` knows, JSON."""
        name = "taken"
        known = {"context": self._saxon.make_string_value(context)}
        try:
            if not node.common:
                found = self._found(node.tree)
                node.common = found | {_named("whole"): self._value(name, node.tree, found | known)}
                if found[_KNOWN].get("beginnings") is not None:  # as Saxon gives an empty sequence
                    in_parts = {_named("by-parts"): self._saxon.make_boolean_value(value=True)}
                    node.common[_named("parts")] = self._value(name, node.tree, found | known | in_parts)
            name = f"export/{extension}"
            return self._made(name, node.tree, node.common | known)
        except saxonche.PySaxonApiError as error:
            raise TransformError(f"{name}.xsl: {str(error).splitlines()[0]}") from error

    def collected(self, name: str, context: str) -> str:
        """A file of the whole edition, as ``xslt/collected/`` makes it of what is known of all documents (JSON)."""
        executable = self._sheet(f"collected/{name}")
        executable.set_parameter("context", self._saxon.make_string_value(context))
        try:
            return executable.call_template_returning_string()  # type: ignore[no-any-return]
        except saxonche.PySaxonApiError as error:
            raise TransformError(f"collected/{name}.xsl: {str(error).splitlines()[0]}") from error

    def _products(self, node: saxonche.PyXdmNode, tree: Tree, text: str, path: str, borrowed: Set[str]) -> Products:
        try:
            found = self._found(node)
            record = json.loads(self._made("record", node, found))
            if "refused" in record:
                raise Unreadable(finding(record["refused"], path, line_of(tree, record["at"])))
            record["passages"] = rows(record["passages"])
            declares = _is_true(found[_KNOWN].get("declares"))
            record |= json.loads(self._made("register", node, found)) if declares else {name: [] for name in _DECLARED}
            pages = {name: self._made(f"pages/{name}", node, found) for name in ALWAYS}
            pages["witnesses"] = (
                self._made("pages/witnesses", node, found) if _is_true(found[_KNOWN].get("has-apparatus")) else ""
            )
        except saxonche.PySaxonApiError as error:
            raise Unreadable(finding("E010", path, detail=str(error).splitlines()[0])) from error
        record, findings = completed(record, text, pages["reading"], tree, borrowed, path)
        return Products(**pages, record=record, findings=(*self._reported(tree, path), *findings), resolved=text)

    def _found(self, node: saxonche.PyXdmNode) -> dict[str, saxonche.PyXdmMap]:
        """What several stylesheets need to know of a document, and which of them have something to say of it: found once."""
        return {_KNOWN: self._value("found", node, {}).item_at(0).get_map_value()}

    def _made(self, name: str, node: saxonche.PyXdmNode, known: Mapping[str, saxonche.PyXdmValue]) -> str:
        """What a stylesheet makes of a document of which this is known, by the names of its parameters."""
        with self._knowing(name, known) as sheet:
            return sheet.transform_to_string(xdm_node=node)  # type: ignore[no-any-return]

    def _value(self, name: str, node: saxonche.PyXdmNode, known: Mapping[str, saxonche.PyXdmValue]) -> saxonche.PyXdmValue:
        """What a stylesheet that writes nothing gives for such a document."""
        with self._knowing(name, known) as sheet:
            sheet.set_result_as_raw_value(True)
            sheet.set_global_context_item(xdm_item=node)
            sheet.set_initial_match_selection(xdm_value=node)
            return sheet.apply_templates_returning_value()

    @contextmanager
    def _knowing(self, name: str, known: Mapping[str, saxonche.PyXdmValue]) -> Iterator[saxonche.PyXsltExecutable]:
        """A stylesheet that has these values for its parameters."""
        sheet = self._sheet(name)
        sheet.clear_xsl_messages()
        for each, value in known.items():
            sheet.set_parameter(each, value)
        try:
            yield sheet
        finally:
            sheet.clear_parameters()  # an empty sequence would not replace that of the document before

    def _reported(self, tree: Tree, path: str) -> list[Finding]:
        """What the reading templates reported: elements without a display rule, the first of each name."""
        messages = self._sheet("pages/reading").get_xsl_messages()
        first: dict[str, Finding] = {}
        for i in range(messages.size if messages is not None else 0):
            name, _, place = messages.item_at(i).get_string_value().partition("\t")
            if name not in first:
                first[name] = finding("W101", path, line_of(tree, place), detail=f"It is <{name}>.")
        return list(first.values())


_DECLARED = ("entries", "relations", "links", "annotations")
"""What ``register.xsl`` tells of a document."""


def _named(name: str) -> str:
    """A name of our own as Saxon takes it."""
    return f"{{{_EDITION}}}{name}"


_KNOWN = "{urn:x-edition}known"
"""The parameter by which stylesheets receive what was found."""


def _is_true(value: saxonche.PyXdmValue) -> bool:
    return value.head.boolean_value  # type: ignore[no-any-return]


def _parser_setting(saxon: saxonche.PySaxonProcessor, what: str, uri: str, value: str) -> None:
    saxon.set_configuration_property(f"{_FEATURE}parser{what}?uri={uri.replace(':', '%3A')}", value)


class Rules:
    """The rules of a Schematron file, compiled once for the life of the transformer that makes them: ``Transformer.rules``."""

    def __init__(self, saxon: saxonche.PySaxonProcessor, compiler: saxonche.PyXsltExecutable, schematron: Path) -> None:
        self._schematron = schematron
        self._saxon = saxon
        _readable(schematron)
        try:
            compiled = compiler.transform_to_string(xdm_node=saxon.parse_xml(xml_file_name=str(schematron)))
        except saxonche.PySaxonApiError as error:
            raise TransformError(f"{schematron}: {str(error).strip()}") from error
        self._stylesheet = etree.fromstring(compiled.encode())
        if self._stylesheet.tag == f"{{{_EDITION}}}refused":
            raise TransformError(f"{_place(self._stylesheet.get('at', ''))}: {self._stylesheet.text}")
        xslt = saxon.new_xslt30_processor()
        xslt.set_jit_compilation(False)  # or errors would wait for the first document that reaches them
        try:
            self._executable = xslt.compile_stylesheet(stylesheet_text=compiled, encoding="UTF-8")
        except saxonche.PySaxonApiError as error:
            raise TransformError(self._located(str(error))) from error
        self._executable.set_save_xsl_message(True)

    def findings(self, tree: Tree) -> list[tuple[int, str, str]]:
        """What the rules say of a document: line, role (``error``, ``warning`` or ``info``) and message, rule by rule."""
        return [(line_of(tree, report["path"]), report["role"], report["message"]) for report in self.reports(tree)]

    def reports(self, tree: Tree) -> list[dict[str, str]]:
        """What the rules say, as ``xslt/schematron.xsl`` tells it: ``path``, ``role``, ``id`` of the assertion, ``message``.

        Raises TransformError when a rule cannot be evaluated; it names the line of the rule and that of the document.
        """
        try:
            node = self._saxon.parse_xml(xml_text=etree.tostring(tree, encoding="unicode"))
            reports: list[dict[str, str]] = json.loads(self._executable.transform_to_string(xdm_node=node))
        except saxonche.PySaxonApiError as error:
            raise TransformError(f"{self._schematron}: {str(error).strip()}") from error
        for failure in [report for report in reports if "failed" in report]:
            where = f"fails at line {line_of(tree, failure['path'])} of the document"
            raise TransformError(f"{self._rule_at(int(failure['line']))}: {where}: {failure['failed']}")
        return reports

    def _located(self, errors: str) -> str:
        """What Saxon found wrong with the stylesheet, a line each, at the places of the schema that became its lines."""
        found = re.findall(r"on line (\d+).*\n\s+\w+\s+(.+(?:\n  .+)*)", errors)
        lines = [f"{self._rule_at(int(line))}: {' '.join(message.partition(' (see line')[0].split())}" for line, message in found]
        return "\n".join(lines) or f"{self._schematron}: {errors.strip()}"

    def _rule_at(self, line: int) -> str:
        """The place in the schema that became a line of the stylesheet: the last one the stylesheet names up to there."""
        elements = [each for each in self._stylesheet.iter("*") if (each.sourceline or 0) <= line]
        return _place([at for each in elements if (at := each.get(f"{{{_EDITION}}}at"))][-1])


_EDITION = "urn:x-edition"


def _readable(schematron: Path) -> None:
    """Raises TransformError, with the line, where a file is not even XML: Saxon would give none."""
    try:
        etree.parse(schematron, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise TransformError(f"{schematron}:{error.position[0]}: {error.msg}") from error
    except OSError as error:
        raise TransformError(f"{schematron}: cannot be read") from error


def _place(at: str) -> str:
    """``file:line`` of an element named by the URI of its file and its path."""
    uri, _, path = at.partition(" ")
    file = url2pathname(urlsplit(uri).path)
    return f"{file}:{line_of(etree.parse(file), path)}"
