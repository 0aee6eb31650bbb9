"""FIND: links and next pages in a saved listing, archive day, section, feed or sitemap. Nothing here asks the network
or the store."""
