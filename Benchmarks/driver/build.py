"""Builds what is measured, and says where it is."""

import pathlib
import shutil
import subprocess
import sys

PACKAGE = pathlib.Path(__file__).resolve().parents[1]


def package(product):
    """The folder of the package that has a product."""
    return PACKAGE / "HummingbirdServer" if product == "bench-hummingbird" else PACKAGE


def path(product):
    """Where a product is, once it is built."""
    return package(product) / ".build/release" / ("libprobe.so" if product == "probe" else product)


def build(product):
    """Builds a product for release; what the compiler says is shown only when it fails."""
    print(f"building {product}", file=sys.stderr, flush=True)
    command = ["swift", "build", "--package-path", package(product), "-c", "release", "--product", product]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{run.stdout}{run.stderr}error: {product} doesn't build")


def require(command, package):
    """Ends with advice when a command is missing."""
    if shutil.which(command) is None:
        sys.exit(f"error: {command} isn't installed; on Debian and Ubuntu: apt-get install {package}")
