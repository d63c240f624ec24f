"""Draws the demo shop's product pictures: SVG by hand, rasterised by headless Chromium.

    pip install pillow && python3 draw.py            all of them, into ../demo/inbox/images
    python3 draw.py --sheet /tmp/sheet.png           a contact sheet beside them
    python3 draw.py HH-1001 HH-3004                  only those whose name begins so
"""

import argparse
import io
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from pictures import PICTURES

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "demo" / "inbox" / "images"
SIZE = 1200
LARGEST = 38_000

# Stored turned, with an EXIF tag that says so, as a phone does: name → (tag, turn that undoes it).
TURNED = {
    "HH-3002.jpg": (6, Image.Transpose.ROTATE_90),
    "HH-4002.jpg": (3, Image.Transpose.ROTATE_180),
}
# Cut short on purpose: the demo's broken photo.
BROKEN = {"HH-3005_2.jpg": 9_000}


def raster(svg: str) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        page.write_text(f'<!doctype html><meta charset="utf-8"><body style="margin:0">{svg}', encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-background-networking", "--hide-scrollbars",
             f"--user-data-dir={folder}/profile", f"--window-size={SIZE},{SIZE}", f"--screenshot={shot}", page.as_uri()],
            check=True, capture_output=True, timeout=120)
        return Image.open(io.BytesIO(shot.read_bytes())).convert("RGB")


def encode(name: str, picture: Image.Image) -> bytes:
    if name.endswith(".png"):
        return save(picture.resize((600, 600), Image.Resampling.LANCZOS).quantize(160, kmeans=4, dither=Image.Dither.NONE), "PNG", optimize=True)
    extra = {}
    if name in TURNED:
        tag, undo = TURNED[name]
        picture = picture.transpose(undo)
        exif = Image.Exif()
        exif[0x0112] = tag
        extra["exif"] = exif
    kind = "WEBP" if name.endswith(".webp") else "JPEG"
    for quality in (84, 80, 76, 72):
        data = save(picture, kind, quality=quality, **({"optimize": True, "progressive": True} if kind == "JPEG" else {"method": 6}), **extra)
        if len(data) <= LARGEST:
            break
    return data[: BROKEN.get(name)]


def save(picture: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("only", nargs="*")
    arguments.add_argument("--sheet", type=Path)
    chosen = arguments.parse_args()
    names = [n for n in PICTURES if not chosen.only or any(n.startswith(o) for o in chosen.only)]
    OUT.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(6) as pool:
        pictures = dict(zip(names, pool.map(lambda n: raster(PICTURES[n]), names)))
    total = 0
    for name, picture in pictures.items():
        data = encode(name, picture)
        (OUT / name).write_bytes(data)
        total += len(data)
        print(f"{len(data):7,} {name}")
    print(f"{total:7,} in {len(names)} pictures")
    if chosen.sheet:
        cell, across = 300, 7
        sheet = Image.new("RGB", (cell * across, cell * -(-len(names) // across)), "white")
        for i, picture in enumerate(pictures.values()):
            sheet.paste(picture.resize((cell - 6, cell - 6), Image.Resampling.LANCZOS), (i % across * cell + 3, i // across * cell + 3))
        sheet.save(chosen.sheet)


if __name__ == "__main__":
    main()
