"""What a night over very many sites costs, and how many of them one machine can carry."""
