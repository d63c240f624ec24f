"""What a shop's developer writes in Python: Pillow, a process for each core."""

import functools
import multiprocessing
import os
import pathlib
import resource
import sys
import time

from PIL import Image, ImageOps

WIDTHS = [1600, 800, 400, 160]


def develop(to, file):
    with Image.open(file) as photo:
        photo = ImageOps.exif_transpose(photo).convert("RGB")
    for width in WIDTHS:
        picture = photo.copy()
        picture.thumbnail((width, 100_000), Image.Resampling.LANCZOS)
        picture.save(to / f"{file.stem}-{width}.jpg", quality=80, progressive=True)
        picture.save(to / f"{file.stem}-{width}.webp", quality=80)


def main(source, to):
    files = sorted(pathlib.Path(source).iterdir())
    began = time.perf_counter()
    with multiprocessing.Pool(os.cpu_count()) as pool:
        pool.map(functools.partial(develop, pathlib.Path(to)), files, chunksize=1)
    print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
