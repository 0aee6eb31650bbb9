"""A publisher whose page class has a bug."""
