"""Brings the tree into the state that the suites need: the dev build, and locked npm packages."""
import os
import shutil
import subprocess

from suites import BUILD, ROOT


def build():
    """Configures and builds the preset dev, its progress on the terminal. False when it failed."""
    print("== build (preset dev)", flush=True)
    environment = {"CCACHE_DIR": str(ROOT / "build" / "ccache"), **os.environ}
    jobs = subprocess.run([ROOT / "deploy" / "jobs"], capture_output=True, text=True,
                          check=True).stdout.strip()
    for command in (["cmake", "--preset", "dev"],
                    ["cmake", "--build", str(BUILD), "--parallel", jobs]):
        if subprocess.run(command, cwd=ROOT, env=environment).returncode != 0:
            return False
    return True


def install_node_packages(suite):
    """What the package-lock.json of a suite, and of those it borrows from, name, when it is not there yet.
    False when it failed."""
    return all(_install(ROOT / "tests" / name) for name in (suite.name, *suite.borrows))


def _install(folder):
    lock, installed = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    if not lock.exists():
        return True
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return True
    npm = shutil.which("npm")
    if not npm:
        print("npm was not found; deploy/install-packages test says how to get it", flush=True)
        return False
    print(f"-- npm ci in tests/{folder.name}", flush=True)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    return subprocess.run(command, cwd=folder).returncode == 0
