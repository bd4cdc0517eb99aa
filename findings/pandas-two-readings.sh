#!/usr/bin/env bash
# Finding: pandas reads one code as 30.0 in the first rows of a column and as 3E001 in later ones.
# Version: pandas 3.1.1
# Behavior: read_csv infers types piece by piece to save memory; its documentation of low_memory
#   speaks of mixed types. The pieces are not read again once a later one is text. In a long
#   column of E codes that ends with another code, equal cells of the file become unequal values:
#   most are the number 30.0, the rest the text. A join or a count by code then finds neither all
#   nor none. The only sign is a DtypeWarning. low_memory=False reads all as text.
# Seen: both 30.0 and '3E001' from equal cells; only '3E001' with low_memory=False.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pandas==3.1.1'
cat > "$folder/show.py" << 'PYTHON'
import io
import warnings

import pandas

warnings.simplefilter("ignore")
text = "code,part\n" + "3E001,abcdefghij\n" * 600_000 + "3A001,x\n"
for options in ({}, {"low_memory": False}):
    codes = pandas.read_csv(io.StringIO(text), **options)["code"]
    print(options, sorted({repr(code) for code in codes}))
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
{} ["'3A001'", "'3E001'", '30.0']
{'low_memory': False} ["'3A001'", "'3E001'"]
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
