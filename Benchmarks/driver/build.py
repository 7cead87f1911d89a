"""Builds what is measured, and says where it is."""

import pathlib
import shutil
import subprocess
import sys

PACKAGE = pathlib.Path(__file__).resolve().parents[1]
# Both packages share it, so that SwiftNIO compiles once.
SCRATCH = PACKAGE / ".build"
PRODUCTS = SCRATCH / "release"


def build(product):
    """Builds a product for release; what it says is shown only when it fails."""
    package = PACKAGE / "Hummingbird" if product == "bench-hummingbird" else PACKAGE
    command = ["swift", "build", "--package-path", package, "--scratch-path", SCRATCH, "-c", "release"]
    print(f"building {product}", file=sys.stderr, flush=True)
    run = subprocess.run([*command, "--product", product], capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{run.stdout}{run.stderr}error: {product} doesn't build")


def require(command, package):
    """Ends with advice when a command is missing."""
    if shutil.which(command) is None:
        sys.exit(f"error: {command} isn't installed; on Debian and Ubuntu: apt-get install {package}")
