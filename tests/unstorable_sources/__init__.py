"""A publisher whose articles the store cannot take."""
