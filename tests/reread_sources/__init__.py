"""A publisher whose page is read otherwise under another environment: code that was changed between two runs."""
