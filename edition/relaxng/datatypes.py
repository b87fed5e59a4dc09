"""Which strings a datatype of a RELAX NG schema allows, and how to tell an editor.

The two built-in types of RELAX NG are ours (specification, section 6.2.9); those of W3C XML Schema are libxml2's: each
combination of type and parameters is compiled once, as an XML Schema of one element, when a value first asks for it.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from lxml import etree

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
COMPATIBILITY = "http://relaxng.org/ns/compatibility/datatypes/1.0"
_SCHEMA = "{http://www.w3.org/2001/XMLSchema}"

Parameters = tuple[tuple[str, str], ...]

_IN_WORDS = {
    "ID": "an identifier: a name without spaces or colons, not beginning with a digit",
    "NCName": "a name without spaces or colons, not beginning with a digit",
    "Name": "a name without spaces, not beginning with a digit",
    "NMTOKEN": "a word of letters, digits, “.”, “-”, “_” or “:”",
    "QName": "a name, with or without a prefix",
    "anyURI": "an address or a pointer such as #id",
    "boolean": "“true” or “false”",
    "date": "a date such as 2011-12-16",
    "dateTime": "a date and time such as 2011-12-16T10:30:00",
    "decimal": "a number such as 1.5",
    "double": "a number such as 1.5",
    "duration": "a duration such as P3D",
    "float": "a number such as 1.5",
    "gDay": "a day such as ---16",
    "gMonth": "a month such as --12",
    "gMonthDay": "a month and day such as --12-16",
    "gYear": "a year such as 2011",
    "gYearMonth": "a year and month such as 2011-12",
    "integer": "a whole number",
    "language": "a language tag such as en or de-AT",
    "nonNegativeInteger": "a whole number, 0 or more",
    "positiveInteger": "a whole number, 1 or more",
    "string": "any text",
    "time": "a time such as 10:30:00",
    "token": "any text",
}
_PATTERNS_IN_WORDS = {
    r"\S+": "without spaces",
    r"[^\p{C}\p{Z}]+": "without spaces",
    r"(\p{L}|\p{N}|\p{P}|\p{S})+": "without spaces",
}
_FACETS_IN_WORDS = {
    "length": "of {} characters",
    "maxExclusive": "less than {}",
    "maxInclusive": "at most {}",
    "maxLength": "of at most {} characters",
    "minExclusive": "more than {}",
    "minInclusive": "at least {}",
    "minLength": "of at least {} characters",
}

_QNAME = r"([\i-[:]][\c-[:]]*:)?[\i-[:]][\c-[:]]*"
_STAND_INS = {"ID": "NCName", "IDREF": "NCName", "ENTITY": "NCName"}
"""Types that depend on the rest of the document, and by which their strings are judged."""
_BOOLEANS = (("true", "1"), ("false", "0"))
_LISTS = {"IDREFS": "NCName", "ENTITIES": "NCName", "NMTOKENS": "NMTOKEN"}


class UnknownDatatype(Exception):
    """There is no such datatype, or it does not take such parameters."""


def normalised(value: str) -> str:
    """Without white space at either end, and one space where there was any between words."""
    return " ".join(words(value))


def words(value: str) -> list[str]:
    """The words that white space, as XML counts it, parts."""
    return re.findall(r"[^ \t\r\n]+", value)


class Datatype:
    """A datatype with its parameters; raises UnknownDatatype."""

    def __init__(self, library: str, name: str, parameters: Parameters) -> None:
        if library == COMPATIBILITY and name in ("ID", "IDREF", "IDREFS"):
            library = XSD
        if library not in ("", XSD):
            raise UnknownDatatype(f"the datatype library {library} is not known")
        if library == "" and (name not in ("string", "token") or parameters):
            raise UnknownDatatype(f"the datatype {name} needs a datatypeLibrary")
        if not re.fullmatch(r"\w+", name):
            raise UnknownDatatype(f"{name} is not the name of a datatype")
        self._library = library
        self._name = name
        self._parameters = parameters
        self._schema = None if name in ("string", "token") and not parameters else self._compiled()

    def allows(self, value: str) -> bool:
        """Whether the string is one of this type."""
        if self._schema is None:
            return True
        holder = etree.Element("value")
        holder.text = value if self._name in ("string", "normalizedString") else normalised(value)
        return self._schema.validate(holder)

    def equals(self, value: str, written: str) -> bool:
        """Whether the string means what the schema has ``written`` for a value of this type (a QName, letter by letter)."""
        if self._name == "string":
            return value == written
        if self._library == "" or self._name in ("token", "NCName", "Name", "NMTOKEN", "ID", "QName"):
            return normalised(value) == normalised(written)
        if self._name == "boolean":
            return any(normalised(value) in same and normalised(written) in same for same in _BOOLEANS)
        return datatype(self._library, self._name, (*self._parameters, ("enumeration", written.strip()))).allows(value)

    @cached_property
    def words(self) -> str:
        """What such a string is, for one who writes it."""
        said = [_IN_WORDS.get(self._name, f"a value of the type {self._name}")]
        if self._parameters and self._name in ("string", "token"):
            said = ["a text"]
        for facet, value in self._parameters:
            if facet == "pattern":
                said.append(_PATTERNS_IN_WORDS.get(value, f"of the pattern {value}"))
            elif facet in _FACETS_IN_WORDS:
                said.append(_FACETS_IN_WORDS[facet].format(value))
        return ", ".join(dict.fromkeys(said))

    def _compiled(self) -> etree.XMLSchema:
        schema = etree.Element(_SCHEMA + "schema", nsmap={"xs": _SCHEMA[1:-1]})
        element = etree.SubElement(schema, _SCHEMA + "element", name="value")
        element.append(self._simple_type(self._parameters))
        try:
            return etree.XMLSchema(schema)
        except etree.XMLSchemaParseError as error:
            raise UnknownDatatype(f"the datatype {self._name} with {dict(self._parameters)} is none: {error}") from error

    def _simple_type(self, parameters: Parameters) -> etree._Element:
        """One restriction in another, a parameter each: a value must match all patterns (XML Schema asks for one of a step)."""
        simple = etree.Element(_SCHEMA + "simpleType")
        if not parameters and self._name in _LISTS:
            listed = etree.SubElement(simple, _SCHEMA + "restriction")
            inner = etree.SubElement(listed, _SCHEMA + "simpleType")
            etree.SubElement(inner, _SCHEMA + "list", itemType="xs:" + _LISTS[self._name])
            etree.SubElement(listed, _SCHEMA + "minLength", value="1")
        elif not parameters and self._name == "QName":
            restriction = etree.SubElement(simple, _SCHEMA + "restriction", base="xs:token")
            etree.SubElement(restriction, _SCHEMA + "pattern", value=_QNAME)
        elif not parameters:
            etree.SubElement(simple, _SCHEMA + "restriction", base="xs:" + _STAND_INS.get(self._name, self._name))
        else:
            restriction = etree.SubElement(simple, _SCHEMA + "restriction")
            restriction.append(self._simple_type(parameters[:-1]))
            facet, value = parameters[-1]
            etree.SubElement(restriction, _SCHEMA + facet, value=value)
        return simple


@lru_cache(maxsize=4096)
def datatype(library: str, name: str, parameters: Parameters = ()) -> Datatype:
    """The one datatype of that library, name and parameters."""
    return Datatype(library, name, parameters)
