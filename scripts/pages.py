"""Pages that commands write: they need nothing but themselves."""

from __future__ import annotations

from html import escape


def page_head(title: str) -> str:
    """The beginning of a page, up to what it shows."""
    return _HEAD.replace("TITLE", escape(title))


_HEAD = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>TITLE</title>
<style>
:root { color-scheme: light dark; --error: light-dark(#a40000, #ff9c8f); --warning: light-dark(#6b5000, #f0cf6a); }
body { max-inline-size: 70ch; margin: 2rem auto; padding-inline: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h2 { font-size: 1.1rem; overflow-wrap: anywhere; }
ul { list-style: none; padding: 0; overflow-wrap: anywhere; }
li { margin-block: 1rem; padding-inline-start: 0.75rem; border-inline-start: 0.25rem solid var(--error); }
li p { margin: 0; }
strong { color: var(--error); }
.warning { border-color: var(--warning); }
.warning strong { color: var(--warning); }
.note { border-color: CanvasText; }
.note strong { color: CanvasText; }
</style>
"""
