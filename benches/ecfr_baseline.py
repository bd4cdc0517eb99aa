"""A plain lxml script for what the reader of the eCFR does first: the entries of the Commerce Control
List, their paragraphs with codes, and the codes that a text names. It prints the least seconds of
the processor of nine runs. Usage: python ecfr_baseline.py FILE.xml"""

import re
import sys
import time

from lxml import etree

ENTRY = re.compile(r"\s*(?:ECCN )?(\d[A-E]\d{3})\b")
LABEL = re.compile(r"((?:[a-z]{1,2})(?:\.(?:\d{1,3}|[a-z]{1,2})\b)*)\.\s")
CODE = re.compile(r"\b\d[A-E]\d{3}(?:\.[a-z0-9]{1,3}\b)*")
BLOCKS = {"FP-2", "FP", "FP-1", "P", "HD1"}


def text(element):
    return " ".join("".join(element.itertext()).split())


def read(document):
    items, code, listed = {}, None, False
    for element in etree.fromstring(document).iter(*BLOCKS):
        words = text(element)
        if element.tag == "FP-2" and (entry := ENTRY.match(words)):
            code, listed = entry[1], False
            items[code] = (words, CODE.findall(words))
            continue
        if code is None or any(above.tag == "NOTE" for above in element.iterancestors()):
            continue
        if words.startswith("Items:"):
            listed, words = True, words[len("Items:") :].strip()
        if listed and (label := LABEL.match(words)):
            path = f"{code}.{label[1]}"
            items.setdefault(path, (words[label.end() :], CODE.findall(words)))
    return items


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        document = file.read()
    least = float("inf")
    for _ in range(9):
        begin = time.process_time()
        items = read(document)
        least = min(least, time.process_time() - begin)
    entries = sum("." not in code for code in items)
    print(f"lxml: {entries} entries, {len(items)} items, {least * 1000:.1f} ms")
