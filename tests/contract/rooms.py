"""Prints every include that breaks the picture of the rooms. Usage: rooms.py SOURCE_ROOT"""

import pathlib
import re
import sys

# The picture itself, arrows down. A room is added here, in lib/CMakeLists.txt and in lib/README.md.
MAY_USE = {
    "core": "",
    "text": "core",
    "retry": "core",
    "proc": "core",
    "math": "core",
    "io": "core text",
    "http": "core text",
    "csv": "core text",
    "json": "core io text",
    "java": "core io json text",
    "schema": "core java json text",
    "record": "core io java json schema text",
    "objects": "core io java json record schema text",
    "mongo": "core json text retry",
    "feed": "core http json retry io",
    "finance": "core csv io json math text",
    "digest": "core text",
    "table": "core csv io json text",
    "nn": "core text",
    "learn": "core digest io json nn table text",
    "lock": "core mongo retry io json text",
    "tree": "core json text",
    "code": "core json learn nn table text",
    "recipe": "core io learn table text tree",
    "cli": "core io text json tree",
}

# Headers of plain option structs that cli sees of rooms whose libraries it never links.
CLI_SEES = {"retry/ladder.hpp", "http/request.hpp", "mongo/options.hpp", "lock/options.hpp", "proc/left_behind.hpp",
            "java/options.hpp", "record/options.hpp", "objects/options.hpp",
            "finance/options.hpp", "learn/settings.hpp", "learn/apply_options.hpp", "learn/voices.hpp", "table/options.hpp", "code/language.hpp"}

# Other people's headers, and where alone they may stand.
FOREIGN = [
    (r"curl/", r"lib/http/"),
    (r"isa-l[/.]", r"lib/http/"),
    (r"openssl/", r"lib/(http|digest)/"),
    (r"(mongoc|bson)[/.]", r"lib/mongo/"),
    (r"nlohmann/", r"lib/json/[a-z0-9_]+\.cpp"),
    (r"toml\+\+/", r"lib/tree/[a-z0-9_]+\.cpp"),
    (r"yaml-cpp/", r"lib/tree/[a-z0-9_]+\.cpp"),
    (r"onnx\.pb\.h", r"lib/code/to_onnx\.cpp"),
    (r"Eigen/", r"lib/(math|finance)/[a-z0-9_]+\.cpp"),
    (r"CLI/", r"(lib/cli|tools)/[a-z0-9_-]+\.cpp"),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def calls(path, function):
    """The calls of a CMake function: name and keyword arguments."""
    text = re.sub(r"#[^\n]*", "", path.read_text())
    for words in re.findall(rf"^{function}\(([^)]*)\)", text, re.MULTILINE):
        name, *rest = words.split()
        arguments, key = {}, None
        for word in rest:
            if word in ("SOURCES", "USES", "NEEDS", "ROOMS"):
                key = word
                arguments[key] = []
            else:
                arguments[key].append(word)
        yield name, arguments


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found[1] == "<", found[2]


class Check:
    def __init__(self, root):
        self.root = root
        self.rooms = dict(calls(root / "lib/CMakeLists.txt", "bradawl_room"))
        self.tools = dict(calls(root / "tools/CMakeLists.txt", "bradawl_tool"))
        self.broken = []

    def say(self, text):
        self.broken.append(text)

    def uses(self, room):
        return self.rooms[room].get("USES", [])

    def below(self, room):
        """The room and every room under it."""
        found, left = set(), [room]
        while left:
            one = left.pop()
            if one in self.rooms and one not in found:
                found.add(one)
                left += self.uses(one)
        return found

    def check_uses(self):
        for room in self.rooms:
            if room not in MAY_USE:
                self.say(f"{room}: not in the picture")
                continue
            for used in self.uses(room):
                if used not in MAY_USE[room].split():
                    self.say(f"{room}: USES {used}, which the picture does not allow")
                if list(self.rooms).index(used) > list(self.rooms).index(room):
                    self.say(f"{room}: declared before {used}, which it uses")

    def check_sources(self):
        for room, arguments in self.rooms.items():
            listed = arguments["SOURCES"]
            if listed != sorted(listed):
                self.say(f"{room}: sources not in order: {' '.join(listed)}")
            present = sorted(path.name for path in (self.root / "lib" / room).glob("*.cpp"))
            for name in sorted(set(present) ^ set(listed)):
                self.say(f"{room}/{name}: {'not listed' if name in present else 'not there'}")

    def check_file(self, path, home, allowed):
        where = path.relative_to(self.root)
        if path.suffix == ".hpp" and "#pragma once" not in path.read_text():
            self.say(f"{where}: no #pragma once")
        for number, foreign, name in includes(path):
            place = f"{where}:{number}"
            for pattern, only in FOREIGN:
                if re.match(pattern, name) and not re.match(only, str(where)):
                    self.say(f"{place}: <{name}> only in {only}")
            if foreign:
                if name.startswith("fmt/") and home and "text" not in self.below(home):
                    self.say(f"{place}: <{name}> needs the room text, which holds fmt's code")
                continue
            room = name.partition("/")[0]
            if not (self.root / "lib" / name).is_file() or "/" not in name:
                self.say(f'{place}: "{name}" is not ROOM/FILE of lib')
            elif room not in allowed and not (home == "cli" and name in CLI_SEES):
                self.say(f'{place}: "{name}": {home or path.name} may not see the room {room}')

    def check_plain_headers(self):
        """What cli sees of others must not lead it into their libraries."""
        for name in CLI_SEES:
            path = self.root / "lib" / name
            for number, foreign, included in includes(path) if path.is_file() else ():
                if "/" in included and included not in CLI_SEES and not included.startswith(("core/", "sys/")):
                    self.say(f"lib/{name}:{number}: cli sees this header: it may not include {included}")

    def check_tools(self):
        for tool, arguments in self.tools.items():
            rooms = arguments["ROOMS"]
            if "cli" not in rooms or len(set(rooms) - {"cli", "core"}) > 5:
                self.say(f"{tool}: a tool uses cli and at most five rooms, not {' '.join(rooms)}")
            self.check_file(self.root / f"tools/{tool}.cpp", None, {"core", *rooms})
        for path in (self.root / "tools").glob("*.cpp"):
            if path.stem not in self.tools:
                self.say(f"tools/{path.name}: not in the list of tools")

    def run(self):
        if len(self.rooms) < 5 or not self.tools:
            self.say("the lists of rooms and tools were not found")
        self.check_uses()
        self.check_sources()
        for room in self.rooms:
            for path in sorted((self.root / "lib" / room).glob("*.[ch]pp")):
                self.check_file(path, room, {room, *self.uses(room)})
        for path in (self.root / "lib").iterdir():
            if path.is_dir() and path.name not in self.rooms and any(path.iterdir()):
                self.say(f"lib/{path.name}: no room of lib/CMakeLists.txt")
        self.check_plain_headers()
        self.check_tools()
        return self.broken


for text in Check(pathlib.Path(sys.argv[1])).run():
    print(text)
