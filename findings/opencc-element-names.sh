#!/usr/bin/env bash
# Finding: OpenCC's Taiwan-to-simplified configuration names some elements by characters that
#   mainland China does not use.
# Version: OpenCC 1.4.2 (Python package)
# Behavior: Taiwan and mainland China give plutonium, lutetium, silicon and other elements
#   different characters, not different shapes of one. tw2s, described as Taiwan standard to
#   simplified, only changes shapes: plutonium and lutetium become characters that are not the
#   mainland's names of them, and silicon stays. Nothing tells the loss. tw2sp, described as the
#   one for idioms, has the names, so a search of a mainland control list needs it. A reader does
#   not expect the name of a chemical element to count as an idiom.
# Seen: tw2s gives 钸 for plutonium and 镏 for lutetium; tw2sp gives 钚 and 镥.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'OpenCC==1.4.2'
cat > "$folder/show.py" << 'PYTHON'
import opencc

# Plutonium, lutetium and silicon as Taiwan writes them, then as the mainland does.
taiwan, mainland = "鈽 鎦 矽", "钚 镥 硅"
for name in ("tw2s", "tw2sp"):
    found = opencc.OpenCC(name).convert(taiwan)
    print(name, found, found == mainland)
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
tw2s 钸 镏 矽 False
tw2sp 钚 镥 硅 True
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
