"""What questions to a large archive cost, and by which plan each is answered."""
