"""What is left of crawls that were killed, and of programs that end in the middle."""
