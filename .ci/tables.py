"""Loads CSV files into data tools with their defaults, and compares each cell with the file."""

import csv
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CODE = re.compile(r"^[0-9][A-E][0-9]{3}(\.[a-z0-9]+)*$")
NUMBER = re.compile(r"^[0-9]+(\.[0-9]+)?$")
# What a user's own table says, and the answer in the words of the example: the column `code` of the
# same table has the code again.
BARE = {"validate.csv": {"found", "answer"}}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def text(value):
    if value is None or value != value:
        return ""
    return value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(value)


def pandas(path):
    import pandas

    frame = pandas.read_csv(path)
    return [list(frame.columns), *([text(v) for v in row] for row in frame.itertuples(index=False))]


def polars(path):
    import polars

    frame = polars.read_csv(path)
    return [frame.columns, *([text(v) for v in row] for row in frame.iter_rows())]


def duckdb(path):
    import duckdb

    found = duckdb.sql(f"SELECT * FROM '{path}'")
    return [found.columns, *([text(v) for v in row] for row in found.fetchall())]


def pyarrow(path):
    import pyarrow.csv

    table = pyarrow.csv.read_csv(path)
    columns = [column.to_pylist() for column in table.columns]
    return [table.column_names, *([text(v) for v in row] for row in zip(*columns))]


def rscript(path):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.csv"
        code = (
            f't <- read.csv("{path}", check.names = FALSE);'
            f't[] <- lapply(t, as.character);'
            f'write.csv(t, "{out}", row.names = FALSE, na = "")'
        )
        environment = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
        subprocess.run(["Rscript", "-e", code], check=True, capture_output=True, env=environment)
        return rows_of(out)


def libreoffice(path, columns=""):
    with tempfile.TemporaryDirectory() as folder:
        # UTF-8 and commas, as its dialog proposes; every column as "Standard".
        command = [
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
            f"--infilter=CSV:44,34,76,1{columns}", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1",
            "--outdir", folder, str(path),
        ]
        subprocess.run(command, check=True, capture_output=True)
        return rows_of(Path(folder) / Path(path).name)


def tools():
    import importlib.metadata

    for read in (pandas, polars, duckdb, pyarrow):
        yield f"{read.__name__} {importlib.metadata.version(read.__name__)}", read
    for name, program, read in (("R", "Rscript", rscript), ("LibreOffice", "soffice", libreoffice)):
        if not shutil.which(program):
            print(f"skipped: {name} is not installed")
            continue
        said = subprocess.run([program, "--version"], capture_output=True, text=True)
        version = re.search(r"[0-9]+(\.[0-9]+)+", said.stdout + said.stderr)
        yield f"{name} {version.group() if version else ''}".strip(), read


def check(paths):
    faults = 0
    readers = list(tools())
    for path in paths:
        name = Path(path).name
        header, *rows = rows_of(path)
        bare = [
            column for at, column in enumerate(header)
            if any(CODE.match(cell) for row in rows for cell in row[at].split(";"))
        ]
        for column in set(bare) - BARE.get(name, set()):
            faults += 1
            print(f"{name}: the column {column} has codes without a list")
        formulas = [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@") and cell]
        if formulas:
            faults += 1
            print(f"{name}: the cell {formulas[0]!r} is a formula to a spreadsheet")
        for tool, read in readers:
            try:
                found_header, *found = read(path)
            except Exception as error:  # a tool that refuses the file
                faults += 1
                print(f"{name}: {tool} fails: {str(error)[:200]}")
                continue
            if found_header != header or len(found) != len(rows):
                faults += 1
                print(f"{name}: {tool} has {len(found)} rows of {len(rows)}, header {found_header}")
                continue
            for at, column in enumerate(header):
                cells = [row[at] for row in rows]
                filled = [cell for cell in cells if cell]
                if column in BARE.get(name, set()) or all(map(NUMBER.match, filled)):
                    continue
                lost = [(a, row[at]) for a, row in zip(cells, found) if a != row[at]]
                # Days are days in every tool; they differ in how they print.
                lost = [pair for pair in lost if not re.match(r"^\d{4}-\d\d-\d\d$", pair[0])]
                if lost:
                    faults += 1
                    print(f"{name}: {tool}, column {column}: {lost[0][0]!r} becomes {lost[0][1]!r}"
                          f" ({len(lost)} of {len(cells)})")
        print(f"{name}: {len(rows)} rows, {len(header)} columns")
    print(f"{len(paths)} tables in {', '.join(tool for tool, _ in readers)}: {faults} faults")
    sys.exit(faults > 0)


CASES = {
    "only E codes": ["3E001", "0E501", "9E991", "1E001"],
    "E codes with paragraphs": ["3E001", "3E001.a", "9E003"],
    "E codes among others": ["3A001", "3E001", "0E501", "9E991"],
    "150 E codes, then 3A001": ["3E001"] * 150 + ["3A001"],
    "30,000 E codes, then 3A001": ["3E001"] * 30_000 + ["3A001"],
    "CAS numbers": ["7440-05-3", "7440-02-0", "50-00-0"],
    "CAS numbers of metals": ["7440-05-3", "7440-03-1", "7440-06-4"],
    "rows and runs": ["7", "7-9", "439-441"],
    "us-ccl:3E001": ["us-ccl:3E001", "us-ccl:0E501", "us-ccl:9E991"],
}


def told(path):
    """Each tool told that a column of codes is text."""
    import duckdb
    import pandas
    import polars
    import pyarrow
    import pyarrow.csv

    yield "pandas: dtype=str, keep_default_na=False", lambda: list(
        pandas.read_csv(path, dtype=str, keep_default_na=False)["code"])
    yield 'pandas: dtype={"code": str}', lambda: list(
        pandas.read_csv(path, dtype={"code": str})["code"])
    yield "polars: infer_schema=False", lambda: list(
        polars.read_csv(path, infer_schema=False)["code"])
    yield "duckdb: read_csv(…, all_varchar = true)", lambda: [
        row[1] for row in duckdb.sql(f"FROM read_csv('{path}', all_varchar = true)").fetchall()]
    yield 'pyarrow: ConvertOptions(column_types={"code": pa.string()})', lambda: pyarrow.csv.read_csv(
        path, convert_options=pyarrow.csv.ConvertOptions(column_types={"code": pyarrow.string()})
    )["code"].to_pylist()
    if shutil.which("Rscript"):
        yield 'R: colClasses = "character"', lambda: subprocess.run(
            ["Rscript", "-e", f'cat(read.csv("{path}", colClasses = "character")$code, sep = "\n")'],
            check=True, capture_output=True, text=True,
        ).stdout.split()
    if shutil.which("soffice"):
        yield "LibreOffice: --infilter=CSV:44,34,76,1,1/1/2/2", lambda: [
            row[1] for row in libreoffice(path, ",1/1/2/2")[1:]]


def measure():
    for tool, read in tools():
        print(f"\n{tool}")
        for name, cells in CASES.items():
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "codes.csv"
                body = "".join(f"P{at},{cell}\n" for at, cell in enumerate(cells))
                path.write_text("part,code\n" + body, encoding="utf-8")
                try:
                    found = [row[1] for row in read(path)[1:]]
                    result = "kept" if found == cells else ", ".join(found[:4])
                except Exception as error:
                    result = "error: " + str(error).split("\n")[0][:100]
            print(f"  {name:28} {result}")
    print("\ntold that codes are text")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codes.csv"
        cells = ["3E001", "0E501", "9E991"]
        path.write_text("part,code\n" + "".join(f"P,{cell}\n" for cell in cells), encoding="utf-8")
        for option, read in told(path):
            found = read()
            print(f"  {'kept' if found == cells else found}: {option}")


if sys.argv[1:] == ["--measure"]:
    measure()
else:
    check(sys.argv[1:])
