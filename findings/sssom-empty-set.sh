#!/usr/bin/env bash
# Finding: sssom warns of a faulty mapping in a set that has none, and writes the set without the
#   header of its table.
# Version: sssom 0.4.21
# Behavior: A set of no mappings is what a filter leaves. The specification of SSSOM/TSV says that
#   the block of mappings begins with a line of column names, which holds for an empty one too.
#   The package reads such a file, tells of one mapping that is not well-formed though there is no
#   row, and drops the columns. What it writes ends with a blank line in place of the header.
# Seen: one warning, no columns, a last line that is empty.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'sssom==0.4.21'
cat > "$folder/show.py" << 'PYTHON'
import io
import logging
import pathlib

from sssom.parsers import parse_sssom_table
from sssom.writers import write_table

told = []


class Keep(logging.Handler):
    def emit(self, record):
        told.append(record.getMessage().split("(")[0].strip())


logging.basicConfig(level=logging.WARNING, handlers=[Keep()])
path = pathlib.Path(__file__).with_name("set.sssom.tsv")
path.write_text("""#curie_map:
#  eu: https://example.com/eu/
#mapping_set_id: https://example.com/set
#license: https://creativecommons.org/publicdomain/zero/1.0/
subject_id\tpredicate_id\tobject_id\tmapping_justification
""")
mappings = parse_sssom_table(path)
out = io.StringIO()
write_table(mappings, out)
table = [line for line in out.getvalue().split("\n") if not line.startswith("#")]
print(len(told), "subject_id" in mappings.df.columns, repr("".join(table)))
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
1 False ''
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
