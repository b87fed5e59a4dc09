"""TEI to products: the only module that imports saxonche.

A document is parsed once by saxonche (from what ``edition.validate`` parsed and checked) and given to each entry of ``xslt/``.
Saxon fetches nothing: only ``file:`` is an allowed protocol, and a DOCTYPE, which checked documents no longer have, is refused.
One ``Transformer`` belongs to one process and its main thread (processors made in several threads at once abort the process).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import saxonche
from lxml import etree

from edition.runs import runs
from edition.validate import Finding, Tree, Unreadable, finding, line_of

_FEATURE = "http://saxon.sf.net/feature/"
_JAXP = "http://www.oracle.com/xml/jaxp/properties/"
_UNLIMITED = ("maxElementDepth", "elementAttributeLimit")
"""Limits of Saxon's parser that ``edition.validate`` has already put in its own words; entities cannot occur any more."""


class TransformError(Exception):
    """A stylesheet cannot be compiled or fails; the message is Saxon's."""


@dataclass(frozen=True, slots=True)
class Products:
    """All that the build makes of one document: two HTML fragments, the JSON record, and what to report."""

    reading: str
    source: str
    record: Mapping[str, Any]
    findings: tuple[Finding, ...]


class Transformer:
    """The stylesheets of a folder, compiled once."""

    def __init__(self, stylesheets: Path) -> None:
        self._folder = stylesheets
        self._saxon = saxonche.PySaxonProcessor(license=False)
        self._saxon.set_configuration_property(_FEATURE + "allowedProtocols", "file")
        _parser_setting(self._saxon, "Feature", "http://apache.org/xml/features/disallow-doctype-decl", "true")
        for name in _UNLIMITED:
            _parser_setting(self._saxon, "Property", _JAXP + name, "0")

    @cached_property
    def _reading(self) -> saxonche.PyXsltExecutable:
        return self._compiled("reading.xsl")

    @cached_property
    def _record(self) -> saxonche.PyXsltExecutable:
        return self._compiled("record.xsl")

    @cached_property
    def _source(self) -> saxonche.PyXsltExecutable:
        return self._compiled("source.xsl")

    def _compiled(self, name: str) -> saxonche.PyXsltExecutable:
        try:
            executable = self._saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(self._folder / name))
        except saxonche.PySaxonApiError as error:
            raise TransformError(f"{self._folder / name}: {error}") from error
        executable.set_save_xsl_message(True)
        return executable

    def fields(self) -> list[dict[str, str]]:
        """The rows of ``xslt/fields.xsl``: name, label and type of each search field."""
        return json.loads(self._record.call_template_returning_string("{urn:x-edition}field-table"))  # type: ignore[no-any-return]

    def products(self, tree: Tree, path: str) -> Products:
        """All products of a checked tree; ``path`` is for findings.

        Raises Unreadable when the tree is not TEI P5 (as ``record.xsl`` judges it) or a stylesheet fails on it.
        """
        try:
            node = self._saxon.parse_xml(xml_text=etree.tostring(tree, encoding="unicode"))
            record = json.loads(self._record.transform_to_string(xdm_node=node))
            if "refused" in record:
                raise Unreadable(finding(record["refused"], path, line_of(tree, record["at"])))
            self._reading.clear_xsl_messages()
            reading = self._reading.transform_to_string(xdm_node=node)
            findings = tuple(self._reported(tree, path))
            source = self._source.transform_to_string(xdm_node=node)
        except saxonche.PySaxonApiError as error:
            raise Unreadable(finding("E010", path, detail=str(error).splitlines()[0])) from error
        where = runs(reading, {passage["id"] for passage in record["passages"]})
        for passage in record["passages"]:
            passage["runs"] = where.get(passage["id"], ())
        return Products(reading, source, record, findings)

    def _reported(self, tree: Tree, path: str) -> list[Finding]:
        """What the reading templates reported: elements without a display rule, the first of each name."""
        messages = self._reading.get_xsl_messages()
        first: dict[str, Finding] = {}
        for i in range(messages.size if messages is not None else 0):
            name, _, place = messages.item_at(i).get_string_value().partition("\t")
            if name not in first:
                first[name] = finding("W101", path, line_of(tree, place), detail=f"It is <{name}>.")
        return list(first.values())


def _parser_setting(saxon: saxonche.PySaxonProcessor, what: str, uri: str, value: str) -> None:
    saxon.set_configuration_property(f"{_FEATURE}parser{what}?uri={uri.replace(':', '%3A')}", value)
