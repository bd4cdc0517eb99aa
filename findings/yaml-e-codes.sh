#!/usr/bin/env bash
# Finding: PyYAML keeps the code 3E001 that ruamel.yaml and js-yaml take for a number, and those two
#   disagree on 9E991.
# Version: PyYAML 6.0.4, ruamel.yaml 0.19.1, js-yaml 5.5.0
# Behavior: The core schema of YAML 1.2 takes digits, E and digits for a number, with no point and
#   no sign needed. PyYAML follows YAML 1.1, whose numbers have a point, and keeps the text.
#   ruamel.yaml follows 1.2: 30.0, and infinity for 9E991, so that every code from 1E309 on is one.
#   js-yaml follows 1.2 too, and leaves 9E991 a text because its number would not be finite. So the
#   type of one column changes from code to code in js-yaml, and a file that one half of a project
#   writes unquoted, because it is right there, is wrong in the other half.
# Seen: '3E001' and '9E991'; 30.0 and inf; 30 and "9E991".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'PyYAML==6.0.4' 'ruamel.yaml==0.19.1'
npm install --silent --no-fund --no-audit --prefix "$folder" 'js-yaml@5.5.0' > /dev/null
printf 'one: 3E001\ntwo: 9E991\n' > "$folder/codes.yml"
cat > "$folder/show.py" << 'PYTHON'
import sys

import ruamel.yaml
import yaml

text = open(sys.argv[1], encoding="utf-8").read()
print("PyYAML", list(yaml.safe_load(text).values()))
print("ruamel.yaml", list(ruamel.yaml.YAML(typ="safe").load(text).values()))
# PyYAML writes the code without quotes, as its own reader needs none.
print(yaml.safe_dump({"one": "3E001"}), end="")
PYTHON
cat > "$folder/show.cjs" << 'NODE'
const yaml = require("js-yaml");
const text = require("fs").readFileSync(process.argv[2], "utf8");
console.log("js-yaml", JSON.stringify(Object.values(yaml.load(text))));
NODE
seen=$("$folder/venv/bin/python" "$folder/show.py" "$folder/codes.yml" && node "$folder/show.cjs" "$folder/codes.yml")
expected=$(cat << 'TEXT'
PyYAML ['3E001', '9E991']
ruamel.yaml [30.0, inf]
one: 3E001
js-yaml [30,"9E991"]
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
