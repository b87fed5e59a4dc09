"""Search: the query language, the words of a text, and the one package that imports a search engine."""
