#!/usr/bin/env bash
# Finding: webencodings implements the WHATWG Encoding standard and decodes GB 18030 to private
#   characters where that standard has assigned ones.
# Version: webencodings 0.6.1 on CPython's gb18030 codec (seen with Python 3.11.7)
# Behavior: The package's page calls it an implementation of the WHATWG standard. For the bytes it
#   calls Python's own codec, whose table is older than GB 18030-2005. The standard's index
#   follows GB 18030-2022: A6D9 is U+FE10 and A8BC is U+1E3F. The same page of a ministry so has
#   other characters in a browser, and a search or a fingerprint of its text differs. Byte 80, the
#   euro sign in the standard, is not decoded at all.
# Seen: U+E78D and U+E7C7 for A6D9 and A8BC; U+FFFD for 80.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'webencodings==0.6.1'
cat > "$folder/show.py" << 'PYTHON'
import webencodings

# With what the index of the standard gives for them.
for octets, standard in ((b"\xa6\xd9", "FE10"), (b"\xa8\xbc", "1E3F"), (b"\xfe\x59", "9FB4"), (b"\x80", "20AC")):
    text, encoding = webencodings.decode(octets, "gb18030")
    print(octets.hex(), encoding.name, f"{ord(text):04X}", "expected", standard)
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
a6d9 gb18030 E78D expected FE10
a8bc gb18030 E7C7 expected 1E3F
fe59 gb18030 E81E expected 9FB4
80 gb18030 FFFD expected 20AC
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
