#!/usr/bin/env bash
# Finding: sssom-pydantic drops a mapping whose subject is a literal, without a word.
# Version: sssom-pydantic 0.6.10 beside sssom 0.4.21
# Behavior: The specification of SSSOM calls it a literal mapping: it has a label in place of an
#   identifier, and rdfs literal as its subject_type. That is how a product's own words are mapped
#   to a code. sssom, the reference implementation, reads such a row. sssom-pydantic returns a set
#   without it: no error, no warning, no count. A reader expects the row, or an error as for other
#   rows that it does not accept.
# Seen: 2 mappings in sssom, 1 in sssom-pydantic, no warning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'sssom==0.4.21' 'sssom-pydantic==0.6.10'
cat > "$folder/show.py" << 'PYTHON'
import logging
import pathlib
import warnings

import sssom_pydantic
from sssom.parsers import parse_sssom_table

path = pathlib.Path(__file__).with_name("set.sssom.tsv")
path.write_text("""#curie_map:
#  eu: https://example.com/eu/
#  us: https://example.com/us/
#mapping_set_id: https://example.com/set
#license: https://creativecommons.org/publicdomain/zero/1.0/
subject_id\tsubject_label\tsubject_type\tpredicate_id\tobject_id\tmapping_justification
eu:3A001\t\t\tskos:exactMatch\tus:3A001\tsemapv:ManualMappingCuration
\tlathe\trdfs literal\tskos:exactMatch\tus:2B001\tsemapv:LexicalMatching
""")
told = []
logging.basicConfig(level=logging.WARNING, handlers=[type("Keep", (logging.Handler,), {"emit": lambda self, record: told.append(record)})()])
print("sssom", len(parse_sssom_table(path).df))
told.clear()
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    print("sssom-pydantic", len(sssom_pydantic.read(path).mappings))
print("told", len(told), len([one for one in warned if "sssom" in str(one.message).lower()]))
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
sssom 2
sssom-pydantic 1
told 0 0
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
