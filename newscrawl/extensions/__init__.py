"""WATCH: the lock, the run ledger and what a run prints about itself."""
