#!/bin/bash
# Names say what a thing is; what is to be done stands in an issue, not in the tree.
set -u
cd "$SOURCE" || exit 1

find lib tools tests man completions \( -type f -o -type d \) -printf '%p\n' | sort >"$SCRATCH/paths"
[ "$(wc -l <"$SCRATCH/paths")" -gt 100 ] || echo 'the tree was not found'
grep -iE '(^|[/_.-])(utils?|common|helpers?|managers?|misc)([/_.-]|$)' "$SCRATCH/paths" | sed 's/^/bad name: /'
grep -E '^lib/.*(\.h|\.hh|\.cc|\.cxx|\.c)$' "$SCRATCH/paths" | sed 's/^/not .hpp or .cpp: /'

# In words of the code too: class Foo_manager, struct IoHelper, namespace util.
grep -rnE '\b(class|struct|enum|namespace|using) [A-Za-z_:]*([Uu]til(s|ity)?|[Hh]elpers?|[Mm]anagers?|[Cc]ommon)\b' \
    --include='*.[ch]pp' lib tools tests | sed 's/^/bad name: /'
# Built of two pieces, so that this file does not find itself.
for word in 'TO''DO' 'FIX''ME' 'XX''X' 'HA''CK'; do
    grep -rnIwE "$word" CMakeLists.txt lib tools tests man completions | sed 's/^/left to do: /'
done

# The top level holds what the design says and nothing else.
for path in *; do
    case $path in
        CMakeLists.txt | README.md | LICENSE | tools | lib | tests | man | completions | build*) ;;
        *) echo "top level: $path" ;;
    esac
done
