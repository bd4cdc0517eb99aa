#!/usr/bin/env bash
# Finding: A mapping set in SSSOM whose prefix is no, for Norway, cannot be read by either Python
#   implementation.
# Version: sssom 0.4.21 and sssom-pydantic 0.6.10
# Behavior: The specification of SSSOM/TSV says that the block of metadata is YAML 1.2, in which
#   no is a text like any other; only true and false are truth values. Both packages read it by
#   the rules of YAML 1.1, so that the key of the prefix map is the truth value false, and refuse
#   the file with an error of validation that does not name the line. Prefixes on and off meet the
#   same. The quoted key is read. A set for the countries' control lists so works for eu, us and
#   uk and not for no.
# Seen: refused for no and on, read for eu and for the quoted no.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'sssom==0.4.21' 'sssom-pydantic==0.6.10'
cat > "$folder/show.py" << 'PYTHON'
import logging
import pathlib

import sssom_pydantic
from sssom.parsers import parse_sssom_table

logging.disable(logging.CRITICAL)
SET = """#curie_map:
#  {key}: https://example.com/{prefix}/
#  us: https://example.com/us/
#mapping_set_id: https://example.com/set
#license: https://creativecommons.org/publicdomain/zero/1.0/
subject_id\tpredicate_id\tobject_id\tmapping_justification
{prefix}:3A001\tskos:exactMatch\tus:3A001\tsemapv:ManualMappingCuration
"""
path = pathlib.Path(__file__).with_name("set.sssom.tsv")
for key in ("eu", "no", "on", '"no"'):
    path.write_text(SET.format(key=key, prefix=key.strip('"')))
    for name, read in (("sssom", parse_sssom_table), ("sssom-pydantic", sssom_pydantic.read)):
        try:
            read(path)
            print(key, name, "read")
        except Exception as error:
            print(key, name, type(error).__name__)
PYTHON
seen=$("$folder/venv/bin/python" "$folder/show.py" 2> "$folder/errors") || { tail -3 "$folder/errors" >&2; exit 1; }
expected=$(cat << 'TEXT'
eu sssom read
eu sssom-pydantic read
no sssom ValidationError
no sssom-pydantic ValidationError
on sssom ValidationError
on sssom-pydantic ValidationError
"no" sssom read
"no" sssom-pydantic read
TEXT
)
[ "$seen" = "$expected" ] || { printf 'changed:\n%s\n' "$seen" >&2; exit 1; }
