"""A network of machines on one machine: a namespace for each, joined by a bridge.

Sites and the database have an address each on the bridge. It leads nowhere else.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

SITES, DATABASE = "10.213.7.1", "10.213.7.2"
_BRIDGE = "czbridge"


@dataclass
class Network:
    """The bridge, and the machines that were joined to it."""

    stack: ExitStack
    machines: list[str] = field(default_factory=list)

    def join(self) -> tuple[str, ...]:
        """One more machine; what comes before a command that is to run on it."""
        number = len(self.machines)
        name, cable = f"czmachine{number}", f"czcable{number}"
        _ip("netns", "add", name)
        self.stack.callback(_ip, "netns", "del", name)
        _ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name)
        self.stack.callback(_ip, "link", "del", cable)
        _ip("link", "set", cable, "master", _BRIDGE, "up")
        _ip("-n", name, "addr", "add", f"10.213.7.{10 + number}/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            _ip("-n", name, "link", "set", device, "up")
        self.machines.append(name)
        return ("ip", "netns", "exec", name)

    def cut_off(self, number: int) -> None:
        """From now on nothing goes from this machine to the database."""
        _ip("-n", self.machines[number], "route", "add", "blackhole", DATABASE)

    def mend(self, number: int) -> None:
        """As before."""
        _ip("-n", self.machines[number], "route", "del", "blackhole", DATABASE)


def is_possible() -> bool:
    """Whether this user may make networks here."""
    if os.getuid() != 0 or shutil.which("ip") is None:
        return False
    made = subprocess.run(["ip", "netns", "add", "cztrial"], capture_output=True, check=False)
    if made.returncode == 0:
        _ip("netns", "del", "cztrial")
    return made.returncode == 0


@contextmanager
def network() -> Iterator[Network]:
    """A network without machines, for as long as the block lasts."""
    with ExitStack() as stack:
        _ip("link", "add", _BRIDGE, "type", "bridge")
        stack.callback(_ip, "link", "del", _BRIDGE)
        for address in (SITES, DATABASE):
            _ip("addr", "add", f"{address}/24", "dev", _BRIDGE)
        _ip("link", "set", _BRIDGE, "up")
        yield Network(stack)


def _ip(*command: str) -> None:
    subprocess.run(["ip", *command], check=True)
