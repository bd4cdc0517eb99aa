#!/usr/bin/env bash
# Finding: DuckDB reads a column of CAS numbers of metals as days of the year 7440.
# Version: duckdb 2.0.1
# Behavior: Palladium, niobium and platinum have the CAS numbers 7440-05-3, 7440-03-1 and
#   7440-06-4. The sniffer tries DATE before VARCHAR, and takes a day of one digit. So a table of
#   the three metals is a table of days, and written out again it has 7440-05-03, which is not a
#   CAS number. One CAS number with a middle part over 12 in the sample makes the column text, so
#   that the same program is right for most files. The documented form of a date is YYYY-MM-DD.
# Seen: DATE, 7440-05-03; VARCHAR, 7440-05-3 if lead is in the table.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'duckdb==2.0.1'
cat > "$folder/show.py" << 'PYTHON'
import pathlib
import tempfile

import duckdb

folder = pathlib.Path(tempfile.mkdtemp(dir=pathlib.Path(__file__).parent))
for name, more in (("metals", ""), ("and-lead", "7439-92-1\n")):
    path = folder / f"{name}.csv"
    path.write_text("cas\n7440-05-3\n7440-03-1\n7440-06-4\n" + more)
    found = duckdb.sql(f"FROM '{path}'")
    print(name, found.types[0], found.fetchall()[0][0])
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
metals DATE 7440-05-03
and-lead VARCHAR 7440-05-3
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
