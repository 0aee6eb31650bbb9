"""What operators type. A command joins rooms; it holds no rule of reading, deciding or storing."""
