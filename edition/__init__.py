"""The spine: a folder of TEI becomes a snapshot; knows neither Flask nor a search engine."""
