#!/usr/bin/env bash
# Finding: pyarrow loses a row of its own CSV file if a table of one column has a null in it.
# Version: pyarrow 26.0.1, polars 2.1.0, pandas 3.1.1
# Behavior: write_csv writes a null as nothing, so that in a table of one column the row is an
#   empty line. read_csv passes over empty lines by default (ParseOptions.ignore_empty_lines), and
#   three rows come back as two, without a word. Row numbers shift. polars writes the same line
#   and reads it back as a row; pandas quotes the empty cell for this reason, and passes over the
#   line of the others. A reader expects that a format's writer and reader of one package agree.
# Seen: 3 rows written, 2 read by pyarrow and by pandas, 3 by polars.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pyarrow==26.0.1' 'polars==2.1.0' 'pandas==3.1.1'
cat > "$folder/show.py" << 'PYTHON'
import pathlib

import pandas
import polars
import pyarrow
import pyarrow.csv

path = pathlib.Path(__file__).with_name("codes.csv")
table = pyarrow.table({"code": ["3A001", None, "3A002"]})
pyarrow.csv.write_csv(table, path)
print(path.read_text().splitlines())
print("pyarrow", pyarrow.csv.read_csv(path).num_rows)
print("pandas", len(pandas.read_csv(path)))
print("polars", len(polars.read_csv(path)))
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
['"code"', '"3A001"', '', '"3A002"']
pyarrow 2
pandas 2
polars 3
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
