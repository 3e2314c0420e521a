"""Importing anything reads no data, writes nothing, and needs nothing from the environment."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tests.repo.tree import CODE, ROOT

# Runs in a fresh process: imports every module and reports what was done to the file system.
PROGRAM = """
import os, sys, json
root, modules, done = sys.argv[1], sys.argv[2].split(","), []
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink",
           "os.chmod", "os.truncate", "shutil.rmtree", "shutil.copyfile", "sqlite3.connect"}
checks = os.path.join(root, "sql", "checks", "")  # the code location lists its checks by name
DATA = (".yaml", ".csv", ".sql", ".json", ".parquet", ".duckdb", ".toml")

def watch(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        path = os.path.abspath(os.fsdecode(args[0]))
        ours = path.startswith(root + os.sep) and ".venv" not in path
        if path != os.devnull and (args[2] or 0) & WRITES:
            done.append(f"writes {path}")
        elif ours and path.endswith(DATA) and not path.startswith(checks):
            done.append(f"reads {path}")
    elif event in CHANGES:
        done.append(f"{event} {args}")

sys.addaudithook(watch)
for module in modules:
    __import__(module)
from pipelines.definitions import defs
print(json.dumps({"done": done, "job": defs.resolve_job_def("nightly").name}))
"""


def modules() -> list[str]:
    files = [file for folder in CODE for file in sorted((ROOT / folder).rglob("*.py"))]
    names = [file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for file in files]
    at_hand = find_spec("sqlglot") is not None  # Spark is an extra of its own
    return [
        name.removesuffix(".__init__")
        for name in names
        if at_hand or not name.startswith("pipelines.spark.")
    ]


def test_every_module_imports_with_an_empty_environment_and_touches_nothing(tmp_path: Path):
    kept = {"PATH", "SYSTEMROOT"}  # Windows starts no process without the latter
    bare = {name: value for name, value in os.environ.items() if name in kept}
    ran = subprocess.run(
        [sys.executable, "-B", "-c", PROGRAM, str(ROOT), ",".join(modules())],
        cwd=tmp_path,
        env=bare | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found == {"done": [], "job": "nightly"}
    assert list(tmp_path.iterdir()) == []
