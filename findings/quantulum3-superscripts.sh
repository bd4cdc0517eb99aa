#!/usr/bin/env bash
# Finding: quantulum3 reads the power of ten only where it is typed without spaces and on the
#   line; with a superscript the figure is lost or is 2.
# Version: quantulum3 0.10.0
# Behavior: Its pattern for numbers lists the superscripts as exponents, so 2 × 10⁸ Hz should be
#   200000000 hertz, as 2*10^8 Hz is. With spaces the mantissa alone comes back, without a unit.
#   Without spaces nothing comes back. With spaces and a caret the exponent becomes the figure
#   that has the unit: 8 hertz.
# Seen: 2 dimensionless; nothing; 2, 10 and 8 hertz; 200000000 hertz.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'quantulum3==0.10.0'
cat > "$folder/show.py" << 'PYTHON'
import warnings

warnings.simplefilter("ignore")
from quantulum3 import parser

for text in ("2 × 10⁸ Hz", "2×10⁸ Hz", "2 × 10^8 Hz", "2*10^8 Hz"):
    print(text, [(found.value, found.unit.name) for found in parser.parse(text)])
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
2 × 10⁸ Hz [(2.0, 'dimensionless')]
2×10⁸ Hz []
2 × 10^8 Hz [(2.0, 'dimensionless'), (10.0, 'dimensionless'), (8.0, 'hertz')]
2*10^8 Hz [(200000000.0, 'hertz')]
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
