#!/bin/bash
# --plot: well-formed XML, whatever the names are; a bar an asset and a line for the rolling volatility.
look() {
    python3 - "$@" <<'PY'
import sys
import xml.etree.ElementTree as ElementTree
root = ElementTree.parse(sys.argv[1]).getroot()
spaces = {"s": "http://www.w3.org/2000/svg"}
bars = [one for one in root.findall("s:rect", spaces) if one.get("class") in ("bar", "less")]
lines = root.findall("s:polyline", spaces)
width, height = (float(one) for one in root.get("viewBox").split()[2:])
inside = all(0 <= float(one.get("x")) and float(one.get("x")) + float(one.get("width")) <= width and
             float(one.get("y")) + 18 <= height for one in bars)
points = [tuple(map(float, pair.split(","))) for one in lines for pair in one.get("points").split()]
inside = inside and all(0 <= x <= width and 0 <= y <= height for x, y in points)
print([one.get("class") for one in bars], len(points) > 1, "inside" if inside else "outside")
for text in root.findall("s:text", spaces):
    if text.get("class") or text.get("text-anchor") != "start" or len(sys.argv) > 2:
        print(ascii(text.text))
PY
}
portvol -w equal --plot=plot.svg --show=dd "$SOURCE/tests/data/good-eustock.csv"
look plot.svg all
echo "# short positions"
portvol -w DAX=1.5,FTSE=-.5 --plot=plot.svg --show=dd "$SOURCE/tests/data/good-eustock.csv"
look plot.svg
echo "# names of all kinds, one of them no UTF-8"
printf 'date,<&">,\xff\xfe,\x01,\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc,a\\b\n<\xff,1,2,3,4,5\n2,2,2,3,5,4\n3,1,3,4,5,5\n4,2,1,2,3,4\n' >odd.csv
portvol -w equal --no-header --cols=. --plot=plot.svg --show=dd --jump=9 --roll=2 <(tail -n +2 odd.csv)
look plot.svg
portvol -w equal --plot=plot.svg --show=dd --jump=9 --roll=2 odd.csv
look plot.svg
echo "# nothing moves"
printf 'a,b\n1,2\n1,2\n1,2\n1,2\n' | portvol -w equal --roll=2 --plot=plot.svg --show=dd
look plot.svg
echo "# an index"
portvol -w equal --compat=article --plot=plot.svg --show=dd "$SOURCE/tests/data/good-eustock.csv"
look plot.svg >shown # whole before it is cut short: a closed pipe would end it
head -n 2 shown
echo "# nowhere to draw"
portvol -w equal --plot=none/plot.svg --show=dd "$SOURCE/tests/data/good-eustock.csv"
echo "exit code $?"
