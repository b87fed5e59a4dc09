"""RELAX NG: a document judged by a schema, without libxml2 or Java. ``grammar`` is the way in."""
