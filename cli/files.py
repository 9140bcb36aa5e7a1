"""Files that are replaced as a whole."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Whoever reads the file reads what it said before or this, never a part of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.touch(mode=0o600)
    part.write_bytes(content)
    part.chmod(mode)
    part.replace(path)
