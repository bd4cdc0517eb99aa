#!/usr/bin/env bash
# Finding: CuSO4.5H2O has three compositions in three formula packages, and with the raised dot
#   chemparse loses the water.
# Version: molmass 2026.1.8, periodictable 2.1.0, chemparse 0.3.2
# Behavior: IUPAC joins the parts of an addition compound by a centered dot, and catalogs type a
#   full stop. molmass reads the full stop as such and says so in its docs. periodictable and
#   chemparse make 4.5 oxygen atoms of it, so that one oxygen and eight hydrogens differ. With the
#   centered dot, chemparse returns the sulfate without water; the two others refuse. chemparse's
#   page promises a dictionary of the formula and names no such limit.
# Seen: masses 249.7 and 185.6, and O 5.5; without H for the centered dot.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'molmass==2026.1.8' 'periodictable==2.1.0' 'chemparse==0.3.2'
cat > "$folder/show.py" << 'PYTHON'
import chemparse
import molmass
import periodictable

text = "CuSO4.5H2O"
print(round(molmass.Formula(text).mass, 1), round(periodictable.formula(text).mass, 1), chemparse.parse_formula(text))
print(chemparse.parse_formula("CuSO4·5H2O"))
for read in (lambda text: molmass.Formula(text).mass, periodictable.formula):
    try:
        print(read("CuSO4·5H2O"))
    except Exception as error:
        print(type(error).__name__)
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
249.7 185.6 {'Cu': 1.0, 'S': 1.0, 'O': 5.5, 'H': 2.0}
{'Cu': 1.0, 'S': 1.0, 'O': 4.0}
FormulaError
ParseException
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
