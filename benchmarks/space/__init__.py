"""What an archive takes of a disk: a first capture of an article, and a changed version."""
