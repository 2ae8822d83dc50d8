"""Osteon: answers from one article, in the article's own words."""

import os
import zoneinfo

# One question is a few small products of matrices. On more than one thread they take longer, as threads wait for each
# other; and numpy reads this only once, when it is first imported.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

# Zones follow the tzdata package, which the lock file pins, and never the files that the system happens to have: two
# machines must not disagree on when nine o'clock is. zoneinfo looks here before any zone is read, as every module of
# ours comes after this one.
zoneinfo.reset_tzpath(to=())
