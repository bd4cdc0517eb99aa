#!/usr/bin/env bash
# Finding: pint reads 1 000 W, written as the SI Brochure asks, as zero watts.
# Version: pint 0.25.3
# Behavior: The SI Brochure groups digits by thin spaces and not by commas, and the European
#   control lists do so. pint multiplies what stands side by side, and 1 times 000 is 0. The space
#   may be plain, thin or without a break. A comma, against the Brochure, is taken out. The result
#   has the right unit, so that nothing fails later. Other groups than zeros give a product: 1 273
#   K is 273 K.
# Seen: 0 watt for 1 000 W with each kind of space, 273 kelvin for 1 273 K.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pint==0.25.3'
cat > "$folder/show.py" << 'PYTHON'
import pint

units = pint.UnitRegistry()
for text in ("1 000 W", "1\u2009000 W", "1\u202f000 W", "1\u00a0000 W", "1,000 W", "1 273 K"):
    print(ascii(text), units.Quantity(text))
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
'1 000 W' 0 watt
'1\u2009000 W' 0 watt
'1\u202f000 W' 0 watt
'1\xa0000 W' 0 watt
'1,000 W' 1000 watt
'1 273 K' 273 kelvin
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
