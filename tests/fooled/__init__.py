"""Not fooled: what sites serve in the place of an article, a list or everything, and no history
believes it. At the reader and the archive in volume, over HTTP in samples."""
