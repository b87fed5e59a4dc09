"""The ``edition`` command, one module a sub-command; and the two shell scripts of a fresh machine."""
