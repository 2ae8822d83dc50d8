"""Osteon: answers from one article, in the article's own words."""

import os

# One question is a few small products of matrices. On more than one thread they take longer, as threads wait for each
# other; and numpy reads this only once, when it is first imported.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
