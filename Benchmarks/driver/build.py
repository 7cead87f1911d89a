"""Builds what is measured, and says where it is."""

import pathlib
import shutil
import subprocess
import sys

# Each trait of bench-sessions, and the library that it needs.
DATABASES = {"MongoDB": "libmongoc-1.0", "MySQL": "libmariadb", "PostgreSQL": "libpq", "Redis": "hiredis"}

PACKAGE = pathlib.Path(__file__).resolve().parents[1]


def package(product):
    """The folder of the package that has a product."""
    return PACKAGE / "HummingbirdServer" if product == "bench-hummingbird" else PACKAGE


def scratch(product):
    """The folder that a product is built in: other traits would have everything else built again."""
    return package(product) / (".build-sessions" if product == "bench-sessions" else ".build")


def path(product):
    """Where a product is, once it is built."""
    return scratch(product) / "release" / ("libprobe.so" if product == "probe" else product)


def libraries():
    """The traits of the databases whose C libraries are here."""
    found = ((trait, subprocess.run(["pkg-config", "--exists", name]).returncode) for trait, name in DATABASES.items())
    return [trait for trait, status in found if status == 0]


def build(product):
    """Builds a product for release; what the compiler says is shown only when it fails."""
    print(f"building {product}", file=sys.stderr, flush=True)
    command = ["swift", "build", "--package-path", package(product), "-c", "release", "--product", product]
    if product == "bench-sessions" and (traits := libraries()):
        command += ["--traits", ",".join(traits)]
    command += ["--scratch-path", scratch(product)]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{run.stdout}{run.stderr}error: {product} doesn't build")


def require(command, package):
    """Ends with advice when a command is missing."""
    if shutil.which(command) is None:
        sys.exit(f"error: {command} isn't installed; on Debian and Ubuntu: apt-get install {package}")
