"""Pure functions on words and markup: encodings, trees, addresses, dates, datelines, bylines, clean HTML.

Nothing here knows of a publisher, a listing or a store, and nothing reads a file, a clock or the network.
"""
