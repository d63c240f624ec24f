"""What a shop's developer writes in Python: pyvips, a thumbnail of each file and width."""

import concurrent.futures
import os
import pathlib
import resource
import sys
import time

import pyvips

WIDTHS = [1600, 800, 400, 160]


def develop(file, to):
    for width in WIDTHS:
        picture = pyvips.Image.thumbnail(str(file), width, height=100_000, size="down")
        picture = picture.copy_memory()
        picture.jpegsave(str(to / f"{file.stem}-{width}.jpg"), Q=80, interlace=True, strip=True)
        picture.webpsave(str(to / f"{file.stem}-{width}.webp"), Q=80, strip=True)


def main(source, to):
    files = sorted(pathlib.Path(source).iterdir())
    began = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda file: develop(file, pathlib.Path(to)), files))
    print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


main(*sys.argv[1:])
