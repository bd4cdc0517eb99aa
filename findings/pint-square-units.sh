#!/usr/bin/env bash
# Finding: pint drops the unit of a figure without a word if the unit is one of the single
#   characters of East Asian text.
# Version: pint 0.25.3
# Behavior: Chinese texts write the degree Celsius as U+2103, and often ㎜ and ㎏. pint knows °C, mm
#   and kg. It refuses an unknown unit with UndefinedUnitError, as its tutorial shows, so a reader
#   expects these to be read or refused. They are passed over: a temperature is a pure number, and
#   every later check of dimensions agrees.
# Seen: 25 ℃, 5 ㎜ and 5 ㎏ are dimensionless; 5 furlonx is refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pint==0.25.3'
cat > "$folder/show.py" << 'PYTHON'
import pint

units = pint.UnitRegistry()
for text in ("25 ℃", "5 ㎜", "5 ㎏", "5 mm", "5 furlonx"):
    try:
        print(text, "is", units.Quantity(text).dimensionality or "dimensionless")
    except pint.UndefinedUnitError:
        print(text, "is refused")
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
25 ℃ is dimensionless
5 ㎜ is dimensionless
5 ㎏ is dimensionless
5 mm is [length]
5 furlonx is refused
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
