#!/usr/bin/env bash
# Finding: 6LiH is lithium-6 hydride to molmass, six lithium hydrides to periodictable, and
#   nothing to chemparse.
# Version: molmass 2026.1.8, periodictable 2.1.0, chemparse 0.3.2
# Behavior: Control lists name lithium-6 and boron-10, and catalogs write 6LiH and 10B4C. molmass
#   takes the number for the isotope, periodictable for a count of molecules, and chemparse
#   returns an empty composition. Each accepts the text without a warning. periodictable's own
#   form for isotopes is Li[6]H, and molmass documents [6Li]H. A program that changes from one
#   package to another gets other masses and no error.
# Seen: 7.0, 47.7 and {}; 52.1, 552.5 and {}.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'molmass==2026.1.8' 'periodictable==2.1.0' 'chemparse==0.3.2'
cat > "$folder/show.py" << 'PYTHON'
import chemparse
import molmass
import periodictable

for text in ("6LiH", "10B4C"):
    one, two = molmass.Formula(text).mass, periodictable.formula(text).mass
    print(text, round(one, 1), round(two, 1), chemparse.parse_formula(text))
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
6LiH 7.0 47.7 {}
10B4C 52.1 552.5 {}
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
