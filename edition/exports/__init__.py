"""What is taken away: every format of a document, made after the catalogue, since a document does not know its registers.

``xslt/export/<ext>.xsl`` makes a format from the document and from what ``context`` knows of it; where the result is a book or a
page with its style, a module of this package packs it. ``making`` runs them in worker processes and keeps what they made.
"""
