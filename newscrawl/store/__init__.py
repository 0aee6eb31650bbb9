"""KEEP: one SQLite file that other sites republish from, and the frontier of what is still to be fetched.

``schema`` and ``views`` are its shape as data, ``decide`` and ``due`` judge without a database, ``writer`` and
``frontier`` write, ``reader`` reads. docs/store.md is for those who read the file with anything else.
"""
