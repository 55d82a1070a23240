#!/bin/bash
# Of more than 40 assets the table shows those with the largest shares, and the rest in one line.
python3 - >many.csv <<'PY'
import random
random.seed(7)
names = [f"asset {n:02d}" for n in range(1, 61)]
print("date," + ",".join(names))
prices = [100.0] * 60
for day in range(1, 29):
    print(f"2024-02-{day:02d}," + ",".join(f"{price:.4f}" for price in prices))
    market = random.gauss(0, 0.01)
    prices = [p * (1 + market + random.gauss(0, 0.001 * (1 + n % 7))) for n, p in enumerate(prices)]
PY
portvol -w equal --ascii --show=contrib many.csv
portvol -w equal -o json --show=contrib many.csv | jq -c '[(.assets | length), (.assets | map(.pcr) | add | . * 1e12 | round / 1e12)]'
