"""A network cable of our own to a server in a network namespace: unplugged and plugged in again."""

import os
import subprocess
import unittest

from programs import run


class Cable:
    """A veth pair between this machine and a namespace of its own; only root may make one."""

    def __init__(self):
        pid = os.getpid()
        # Of 198.18.0.0/15, which is set aside for tests of networks.
        net = f"198.18.{pid // 64 % 256}.{pid % 64 * 4}"
        first, last = net.rsplit(".", 1)
        self.here, self.there = (f"{first}.{int(last) + end}" for end in (1, 2))
        self.name = f"mado-{pid}"
        self.ends = (f"mado{pid}a", f"mado{pid}b")
        made = subprocess.run(["ip", "netns", "add", self.name], capture_output=True, text=True)
        if made.returncode != 0:
            raise unittest.SkipTest(f"no network namespace can be made: {made.stderr.strip()}")
        run("ip", "link", "add", self.ends[0], "type", "veth", "peer", "name", self.ends[1],
            "netns", self.name)
        run("ip", "address", "add", f"{self.here}/30", "dev", self.ends[0])
        self.ip_there("address", "add", f"{self.there}/30", "dev", self.ends[1])
        self.ip_there("link", "set", "lo", "up")
        self.plug_in()

    def ip_there(self, *words):
        run("ip", "-netns", self.name, *words)

    def inside(self):
        """What a command is put behind to run at the other end."""
        return ["ip", "netns", "exec", self.name]

    def plug_in(self):
        run("ip", "link", "set", self.ends[0], "up")
        self.ip_there("link", "set", self.ends[1], "up")

    def unplug_here(self):
        run("ip", "link", "set", self.ends[0], "down")

    def unplug_there(self):
        self.ip_there("link", "set", self.ends[1], "down")

    def remove(self):
        run("ip", "netns", "delete", self.name)
