"""Does one job with a public library and prints the seconds of the processor that it takes.

    python3 peers.py JOB FILE...

Imports, the start of Python and the reading of files into memory are outside the clock."""

import csv
import json
import re
import sys
import time

CODE = re.compile(r"\b[0-9][A-E][0-9]{3}(?:\.[a-z0-9]+)*\b")


def titles(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def lxml(path):
    from lxml import etree

    with open(path, "rb") as file:
        text = file.read()

    def job():
        entries = []
        for element in etree.fromstring(text).iter("HEAD", "P", "FP", "FP-1", "FP-2"):
            words = "".join(element.itertext()).strip()
            heading = CODE.match(words) if element.tag != "P" else None
            if heading:
                entries.append((heading[0], []))
            if entries:
                entries[-1][1].append((words, CODE.findall(words)))
        return len(entries)

    return job


def scikit_learn(left, right):
    from sklearn.feature_extraction.text import TfidfVectorizer

    left, right = titles(left), titles(right)

    def job():
        words = TfidfVectorizer(sublinear_tf=True).fit(left + right)
        likeness = words.transform(left) @ words.transform(right).T
        return likeness.argmax(axis=1).size

    return job


def sparse_dot_topn(left, right):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    left, right = titles(left), titles(right)

    def job():
        words = TfidfVectorizer(sublinear_tf=True).fit(left + right)
        return sp_matmul_topn(words.transform(left), words.transform(right).T.tocsr(), top_n=1).nnz

    return job


def bm25s(left, right):
    import bm25s

    left, right = titles(left), titles(right)

    def job():
        index = bm25s.BM25()
        index.index(bm25s.tokenize(right, show_progress=False), show_progress=False)
        words = bm25s.tokenize(left, show_progress=False)
        return index.retrieve(words, k=1, show_progress=False).documents.size

    return job


def rapidfuzz(left, right):
    from rapidfuzz import fuzz, process

    left, right = titles(left), titles(right)
    return lambda: process.cdist(left, right, scorer=fuzz.token_set_ratio).argmax(axis=1).size


def bm25s_words(words, right):
    import bm25s

    right = titles(right)

    def job():
        index = bm25s.BM25()
        index.index(bm25s.tokenize(right, show_progress=False), show_progress=False)
        query = bm25s.tokenize([words], show_progress=False)
        return index.retrieve(query, k=10, show_progress=False).documents.size

    return job


def rapidfuzz_words(words, right):
    from rapidfuzz import fuzz, process

    right = titles(right)
    return lambda: len(process.extract(words, right, scorer=fuzz.token_set_ratio, limit=10))


def deepdiff(path):
    from deepdiff import DeepDiff

    with open(path, encoding="utf-8") as file:
        old, new = json.load(file)
    return lambda: len(DeepDiff(old, new)["values_changed"])


job = globals()[sys.argv[1]](*sys.argv[2:])
start = time.process_time()
found = job()
print(json.dumps({"seconds": time.process_time() - start, "found": int(found)}))
