"""Runs a program on a virtual screen that it starts itself: 1920 x 1920, so that a window fits
upright and lying.

    with_xvfb.py PROGRAM [ARGUMENT…]

Xvfb chooses a free display and says which, so that tests can run beside each other.
"""

import os
import subprocess
import sys


def main() -> int:
    read_end, write_end = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1920x1920x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=[write_end], stderr=subprocess.DEVNULL)
    os.close(write_end)
    try:
        with os.fdopen(read_end) as pipe:
            display = pipe.readline().strip()
        if not display:
            print("Xvfb did not start", file=sys.stderr)
            return 1
        environment = dict(os.environ, DISPLAY=f":{display}", LIBGL_ALWAYS_SOFTWARE="1")
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    finally:
        screen.terminate()
        screen.wait()


if __name__ == "__main__":
    sys.exit(main())
