"""How long readers wait for pages of a large archive."""
