"""Make sure there is a chromium for the browser tests: use the machine's, or install Debian's, or say what to do."""

import os
import shutil
import subprocess
import sys


def find_chromium() -> str | None:
    """The chromium of this machine, or the one named in CHROMIUM."""
    named = os.environ.get("CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def main() -> int:
    """Install Debian's chromium when it is missing and we may; 1 when there is none."""
    if find_chromium():
        return 0
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"] if shutil.which("sudo") else None
        if sudo is not None:
            quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
            subprocess.run([*sudo, "apt-get", "update", "-qq"], check=False, **quiet)
            subprocess.run([*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
                           check=False, **quiet)
    if find_chromium():
        return 0
    sys.stderr.write("The browser tests need chromium. On Debian: sudo apt install chromium; "
                     "elsewhere name one: CHROMIUM=/path/to/chrome make test\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
