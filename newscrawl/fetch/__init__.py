"""The wire: which addresses may be asked, how politely, and one download handler that records or replays."""
