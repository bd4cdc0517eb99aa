#!/usr/bin/env bash
# Finding: molmass gives the common names of explosives the mass of a peptide.
# Version: molmass 2026.1.8
# Behavior: A word that is not a formula raises FormulaError: RDX and HMX do. If its letters are
#   all amino acids, it is a peptide by default (parse_oligos), also inside a column of
#   substances: PETN and TNT get masses, and wrong ones (316.1 and 227.1 are right). The option is
#   in the docstring; that it takes part in the common names of controlled substances is not what
#   a reader of a chemical formula parser expects.
# Seen: 459.5 for PETN, 334.3 for TNT, FormulaError for RDX; all refused with parse_oligos=False.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'molmass==2026.1.8'
cat > "$folder/show.py" << 'PYTHON'
import molmass

for text in ("PETN", "TNT", "RDX"):
    for options in ({}, {"parse_oligos": False}):
        try:
            print(text, options, round(molmass.Formula(text, **options).mass, 1))
        except molmass.FormulaError:
            print(text, options, "refused")
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
PETN {} 459.5
PETN {'parse_oligos': False} refused
TNT {} 334.3
TNT {'parse_oligos': False} refused
RDX {} refused
RDX {'parse_oligos': False} refused
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
