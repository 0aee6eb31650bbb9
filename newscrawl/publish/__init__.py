"""SHOW: what the store holds, in the forms that others read. It sees the store through ``store.reader`` alone."""
