"""Token-set ratio of rapidfuzz over two files of names, one a line.

Prints the processor's seconds that the matrix takes, and for each left name its best right names with scores.
"""
import sys
import time

import numpy
from rapidfuzz import fuzz, process, utils


def read(path):
    with open(path, encoding="utf-8") as file:
        return [utils.default_process(line) for line in file.read().splitlines()]


left, right = read(sys.argv[1]), read(sys.argv[2])
begin = time.process_time()
matrix = process.cdist(left, right, scorer=fuzz.token_set_ratio, dtype=numpy.float32)
print(time.process_time() - begin)
MOST = 8
for row in matrix:
    best = numpy.argpartition(row, -MOST)[-MOST:]
    best = best[numpy.argsort(-row[best], kind="stable")]
    print(" ".join(f"{at}:{row[at]:.2f}" for at in best))
