"""FIND: links and next pages in a saved listing, archive day or feed. Nothing here asks the network or the store."""
