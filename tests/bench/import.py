"""What a merchant's developer writes in Python: rows or lines in, products with types out."""

import csv
import datetime
import json
import resource
import sys
import time


def product(row):
    return {
        "sku": row["sku"],
        "parent": row["parent"] or None,
        "family": row["family"],
        "name": {"fi": row["name-fi_FI"], "en": row["name-en_GB"]},
        "color": [row["color"]],
        "size": [row["size"]],
        "weight": float(row["weight"].removesuffix(" kg").replace(",", ".")),
        "price": round(float(row["price-EUR"].replace(",", ".")) * 100),
        "available_from": datetime.date.fromisoformat(row["available_from"]),
    }


def csv_rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def json_lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def workbook_rows(path):
    import openpyxl

    rows = openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True)
    header = next(rows)
    for row in rows:
        cells = dict(zip(header, row))
        cells["price-EUR"] = str(cells["price-EUR"])
        yield cells


path = sys.argv[1]
read = {"csv": csv_rows, "jsonl": json_lines, "xlsx": workbook_rows}[path.rsplit(".")[-1]]
began = time.process_time()
seen = set()
for row in read(path):
    made = product(row)
    seen.add(made["sku"])
print(len(seen), time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
