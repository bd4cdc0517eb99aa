#!/usr/bin/env bash
# Finding: A column declared STRING in SQLite stores the classification 3E001 as the integer 30.
# Version: SQLite 3.54.1 in apsw 3.54.1.0
# Behavior: SQLite's page on datatypes says that STRING has numeric affinity, because only CHAR,
#   CLOB and TEXT in a type's name make text. So a column that says string converts what looks
#   like a number: 3E001 becomes 30, and 0E501 and 0E604 are the same key. 9E991 becomes infinity.
#   VARCHAR, TEXT and no type at all keep the codes. A UNIQUE column refuses the second of two
#   different codes.
# Seen: 30, 0 and Infinity in STRING; the codes in VARCHAR; the unique column refuses 0E604 after
#   0E501.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'apsw==3.54.1.0'
cat > "$folder/show.py" << 'PYTHON'
import apsw

base = apsw.Connection(":memory:")
base.execute("CREATE TABLE items (declared STRING, text VARCHAR(12))")
for code in ("3E001", "0E501", "9E991", "3A001"):
    base.execute("INSERT INTO items VALUES (?, ?)", (code, code))
print(base.execute("SELECT * FROM items").fetchall())
base.execute("CREATE TABLE keys (code STRING UNIQUE)")
base.execute("INSERT INTO keys VALUES ('0E501')")
try:
    base.execute("INSERT INTO keys VALUES ('0E604')")
except apsw.ConstraintError as error:
    print(error)
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
[(30, '3E001'), (0, '0E501'), (inf, '9E991'), ('3A001', '3A001')]
UNIQUE constraint failed: keys.code
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
