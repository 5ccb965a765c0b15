"""A disk of a few megabytes under a folder: filled to the last byte in use, and emptied again."""

import errno
import os
import subprocess
import unittest
from pathlib import Path

from programs import run

PAGE = 4096


class SmallDisk:
    """A tmpfs; only root may mount one."""

    def __init__(self, folder, megabytes):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.ballast = self.folder / "ballast"
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs",
                                  str(self.folder)], capture_output=True, text=True)
        if mounted.returncode != 0:
            raise unittest.SkipTest(f"no tmpfs can be mounted here: {mounted.stderr.strip()}")

    def free(self):
        return os.statvfs(self.folder).f_bavail * PAGE

    def fill(self):
        """Until not one more page is free."""
        with open(self.ballast, "ab") as ballast:
            while self.free() > 0:
                try:
                    os.posix_fallocate(ballast.fileno(), ballast.seek(0, os.SEEK_END),
                                       self.free())
                except OSError as full:
                    # Somebody else took some of it in the meantime.
                    if full.errno != errno.ENOSPC:
                        raise

    def clear(self):
        self.ballast.unlink()

    def unmount(self):
        # Its last user may be just ending.
        run("umount", "--lazy", self.folder)
