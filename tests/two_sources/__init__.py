"""Two publishers on one loopback server, told apart by the host's name."""
