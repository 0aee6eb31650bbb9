"""READ: a saved page becomes the whole Article, by a publisher's selectors first and the default chain after them.

``page`` is the way of one page, top to bottom; ``body`` is the one walk over the story; ``finder`` finds the story
where nobody says where it stands; ``lines`` knows which printed lines are no story; ``jsonld`` and ``meta`` read what
the page says of itself. Nothing here knows a publisher, a listing, a store or the network.
"""
