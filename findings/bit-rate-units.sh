#!/usr/bin/env bash
# Finding: Two readers of units take 10 Gb/s for a magnetomotive force and for a length of DNA per
#   second.
# Version: pint 0.25.3 and quantulum3 0.10.0 (without its optional classifier)
# Behavior: Control lists state bit rates in Gb/s; IEC 80000-13 has bit for the unit and IEEE 1541
#   has b. pint gives Gb to the gilbert and b to the barn, and accepts Gbit. quantulum3 makes base
#   pairs of it. Neither warns, and both know the bit. A reader expects a refusal where a symbol
#   has several meanings.
# Seen: gilbert / second, and giga base pair per second.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pint==0.25.3' 'quantulum3==0.10.0'
cat > "$folder/show.py" << 'PYTHON'
import warnings

warnings.simplefilter("ignore")
import pint
from quantulum3 import parser

units = pint.UnitRegistry()
for text in ("10 Gb/s", "10 Gbit/s"):
    print(text, "|", units.Quantity(text).units, "|", *(found.unit.name for found in parser.parse(text)))
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
10 Gb/s | gilbert / second | giga base pair per second
10 Gbit/s | gigabit / second | gigabit per second
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
