"""Prints one table: an earlier build, this one, and public libraries, measured in one run.

    python3 benches/table/run.py [--base FOLDER | --no-base] [--peers PYTHON | --no-peers]

The earlier build is a worktree of af0d0b2, made for the run, unless a folder of one is named. The
libraries are installed for the run, unless a Python that has them is named. What cannot be had is
named under the table."""

import argparse
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BASE = "af0d0b2"
EXAMPLES = ["compare", "find", "align", "read_ecfr"]
PEERS = {
    "lxml": "6.1.3",
    "scikit-learn": "1.9.1",
    "sparse-dot-topn": "1.2.0",
    "bm25s": "0.3.16",
    "rapidfuzz": "3.14.6",
    "deepdiff": "9.1.0",
}
WORDS = "maraging steel"
skipped = []


def cargo(folder, *arguments):
    """Builds, and returns the programs by name."""
    command = ["cargo", *arguments, "--message-format=json"]
    built = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=True)
    programs = {}
    for line in built.stdout.splitlines():
        message = json.loads(line)
        if message.get("executable"):
            programs[message["target"]["name"]] = message["executable"]
    return programs


def examples(folder):
    names = [part for name in EXAMPLES for part in ("--example", name)]
    return cargo(folder, "build", "--release", "--features", "ecfr", *names)


def base_programs(folder, temporary):
    """The programs of the earlier build, or none."""
    if folder:
        return examples(folder)
    worktree = temporary / "base"
    try:
        add = ["git", "worktree", "add", "--detach", worktree, BASE]
        subprocess.run(add, cwd=ROOT, stdout=sys.stderr, check=True)
        programs = examples(worktree)
        return {name: shutil.copy(path, temporary / name) for name, path in programs.items()}
    except (OSError, subprocess.CalledProcessError) as error:
        skipped.append(f"{BASE}: {error}")
        return {}
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", worktree], cwd=ROOT, check=False)


def peer_python(python, temporary):
    """A Python that has the libraries, each installed alone so that one that cannot be is skipped."""
    if python is None:
        subprocess.run([sys.executable, "-m", "venv", temporary / "peers"], check=True)
        python = temporary / "peers/bin/python"
        for name, version in PEERS.items():
            install = [python, "-m", "pip", "install", "-q", "--only-binary", ":all:", f"{name}=={version}"]
            if subprocess.run(install, stdout=sys.stderr, check=False).returncode:
                skipped.append(f"{name} {version}: not installable here")
    return python


def seconds_of(command):
    """The seconds of the processor that one run takes."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return used.ru_utime + used.ru_stime


def memory_of(command):
    """The peak memory of one run, in kilobytes. A small program must start it: a child's peak
    counts what it had of its parent."""
    if not shutil.which("time"):
        return None
    shown = subprocess.run(
        ["time", "-f", "%M", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True
    )
    return int(shown.stderr.split()[-1])


def instructions(command, *options):
    if not shutil.which("valgrind"):
        return None
    with tempfile.NamedTemporaryFile() as out:
        tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", *options]
        shown = subprocess.run([*tool, *command], capture_output=True, text=True, check=False).stderr
    found = re.search(r"Collected : (\d+)", shown)
    return int(found[1]) if found else None


def cell(seconds, count=None, memory=None):
    parts = [f"{seconds * 1000:.1f} ms" if seconds < 0.2 else f"{seconds:.2f} s"]
    if count:
        parts.append(f"{count / 1e6:.1f} M instructions")
    if memory:
        parts.append(f"{memory / 1024:.1f} MB")
    return ", ".join(parts)


def process(programs, name, *arguments):
    if name not in programs:
        return "–"
    command = [programs[name], *map(str, arguments)]
    try:
        seconds = min(seconds_of(command) for _ in range(7))
        return cell(seconds, instructions(command), memory_of(command))
    except (OSError, subprocess.CalledProcessError) as error:
        skipped.append(f"{name} of {Path(command[0]).parent}: {error}")
        return "–"


def peers(python, *jobs):
    """The jobs of libraries, each with the best of three runs."""
    cells = []
    for library, job, *arguments in jobs:
        if python is None or any(one.startswith(library + " ") for one in skipped):
            continue
        command = [python, HERE / "peers.py", job, *map(str, arguments)]
        try:
            outs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(3)]
        except subprocess.CalledProcessError as error:
            skipped.append(f"{library} ({job}): {error.stderr.strip().splitlines()[-1]}")
            continue
        cells.append(f"{library} {cell(min(json.loads(one.stdout)['seconds'] for one in outs))}")
    return "; ".join(cells) or "–"


def once(program, job):
    command = [program, "--once", job]
    outs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(7)]
    seconds = min(float(one.stdout) for one in outs)
    return cell(seconds, instructions(command, "--toggle-collect=*second_run*"))


def titles(name, temporary):
    """Writes the codes and titles of an embedded list into the file that every program reads."""
    path = temporary / f"{name}.csv"
    lines = (ROOT / f"data/{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    items = csv.DictReader(line for line in lines if not line.startswith("#"))
    with open(path, "w", encoding="utf-8", newline="") as out:
        file = csv.writer(out)
        file.writerow(["code", "text"])
        file.writerows([item["code"], item["title"]] for item in items if item["title"])
    return path


def rows(new, old, bench, python, temporary):
    us, eu = (titles(name, temporary) for name in ("us-ccl", "eu-annex-i"))

    def both(name, *arguments):
        return [process(side, name, *arguments) for side in (old, new)]

    yield "`compare`", "the process, from its start to the printed page", *both("compare"), "–"
    yield "`find 7440-55-3 --list us-ccl`", "the process", *both("find", "7440-55-3", "--list", "us-ccl"), "–"
    yield (
        f"`find {WORDS} --list us-ccl`",
        "the process; of a library the index of the titles and one query",
        *both("find", WORDS, "--list", "us-ccl"),
        peers(python, ("bm25s", "bm25s_words", WORDS, us), ("rapidfuzz", "rapidfuzz_words", WORDS, us)),
    )
    file = Path(os.environ.get("EXPORT_CONTROL_SOURCES", "")) / "us/ecfr-title15-part774-supp1.xml"
    if file.is_file():
        yield (
            "`read_ecfr`",
            "the process, from the file to rows with texts, keys, thresholds and license rows; of lxml the entries, paragraphs and codes",
            *both("read_ecfr", file),
            peers(python, ("lxml", "lxml", file)),
        )
    else:
        skipped.append("read_ecfr: EXPORT_CONTROL_SOURCES names no folder with the official file")
    yield (
        "`align` EU × US, by titles",
        "the process, from two files to a crosswalk with evidence; of a library the best counterpart of each title",
        *both("align", eu, us),
        peers(
            python,
            ("scikit-learn", "scikit_learn", eu, us),
            ("sparse-dot-topn", "sparse_dot_topn", eu, us),
            ("bm25s", "bm25s", eu, us),
            ("rapidfuzz", "rapidfuzz", eu, us),
        ),
    )
    texts = temporary / "editions.json"
    with open(texts, "w", encoding="utf-8") as out:
        subprocess.run([bench, "--once", "texts"], stdout=out, check=True)
    yield (
        "diff of two editions, one text in a hundred reworded",
        "lists in memory to changes with their kinds",
        "4.8 times the map (another run)",
        once(bench, "diff"),
        f"keyed map {once(bench, 'map')}; {peers(python, ('deepdiff', 'deepdiff', texts))}",
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, metavar="FOLDER")
    parser.add_argument("--no-base", action="store_true")
    parser.add_argument("--peers", type=Path, metavar="PYTHON")
    parser.add_argument("--no-peers", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder)
        new = examples(ROOT)
        bench = cargo(ROOT, "bench", "--no-run", "-p", "benches", "--bench", "diff")["diff"]
        old = {} if arguments.no_base else base_programs(arguments.base, temporary)
        python = None if arguments.no_peers else peer_python(arguments.peers, temporary)
        print(f"| work | inside the clock | `{BASE}` | this build | others |\n|---|---|---|---|---|")
        for row in rows(new, old, bench, python, temporary):
            print("|", " | ".join(row), "|", flush=True)
    versions = ", ".join(f"{name} {version}" for name, version in PEERS.items())
    print(f"\nLibraries: {versions}.")
    for one in skipped:
        print(f"- Skipped: {one}")


main()
