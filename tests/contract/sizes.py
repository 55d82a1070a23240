"""Prints files and functions that are longer than the rules allow. Usage: sizes.py SOURCE_ROOT"""

import pathlib
import re
import sys

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_TOOL = 150
MOST_LINES_OF_A_FUNCTION = 60

# Comments, raw strings, strings, characters: a brace in one of them opens nothing. A digit separator is no quote.
QUIET = re.compile(
    r"//[^\n]*|/\*.*?\*/"
    r'|R"([^(\s]*)\(.*?\)\1"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?:(?<![0-9a-fA-F])|\bu8)'(?:\\.|[^'\\\n])+'"
    r"|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*",
    re.DOTALL | re.MULTILINE,
)
NO_FUNCTION = re.compile(r"^\s*(\}?\s*else|if|for|while|switch|do|try|catch|namespace|enum|extern|class|struct|union)\b")


def blank(found):
    return re.sub(r"[^\n]", " ", found[0])


def functions(text):
    """First line, number of lines and head of each block that has a parameter list, lambdas included."""
    text = QUIET.sub(blank, text)
    open_blocks, head_begin, parentheses = [], 0, 0
    for at, char in enumerate(text):
        if char == "(":
            parentheses += 1
        elif char == ")":
            parentheses -= 1
        elif char == "{":
            head = text[head_begin:at]
            open_blocks.append((at, head.strip() if "(" in head and not NO_FUNCTION.match(head) else None))
            head_begin = at + 1
        elif char == "}":
            begin, head = open_blocks.pop()
            if head:
                first = text.count("\n", 0, begin) + 1 - head.count("\n")
                yield first, text.count("\n", 0, at) + 2 - first, head.splitlines()[0]
            head_begin = at + 1
        elif char == ";" and parentheses == 0:
            head_begin = at + 1


def main(root):
    seen = 0
    for folder in ("lib", "tools", "tests"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".cpp", ".hpp", ".sh", ".py") or not path.is_file():
                continue
            where, text = path.relative_to(root), path.read_text()
            most = MOST_LINES_OF_A_TOOL if folder == "tools" else MOST_LINES_OF_A_FILE
            if text.count("\n") > most:
                print(f"{where}: {text.count(chr(10))} lines, {most} at most")
            if path.suffix not in (".cpp", ".hpp"):
                continue
            for line, length, head in functions(text):
                seen += 1
                if length > MOST_LINES_OF_A_FUNCTION:
                    print(f"{where}:{line}: {length} lines, {MOST_LINES_OF_A_FUNCTION} at most: {head}")
    if seen < 200:
        print(f"only {seen} functions were found")


main(pathlib.Path(sys.argv[1]))
