#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# The manual: clean mdoc of at most 80 columns, and the same options as the tool has, both ways.
. "$SUPPORT/tools.sh"
for program in mandoc lexgrog; do
    command -v "$program" >/dev/null && continue
    echo "$program is not installed: sh tests/setup.sh" >&2
    exit 77
done

for page in "$BUILD"/man/*.[157]; do
    name=${page##*/}
    mandoc -Tlint -W warning "$page" >lint 2>&1 || echo "$name: mandoc has something to say"
    want_text lint '' "$name: mandoc -Tlint"
    lexgrog "$page" >whatis 2>&1 || echo "$name: whatis cannot read its NAME"
    mandoc -Tascii -O width=78 "$page" | col -bx |
        awk -v name="$name" 'length > 80 { print name ": wider than 80 columns: " $0 }'
    ! grep -n '@[A-Za-z-]*@' "$page" | sed "s/^/$name: left to replace: /" | grep .
done

# `.It Fl d , Fl -data Ns = Ns Ar FILE` as `d<TAB>data<TAB>FILE`, in which `\ ` is a blank; entries of tables (Ta) only
# speak of options.
entries() {
    awk '/^\.It Fl / && !/ Ta / {
        letter = name = value = ""
        for (i = 2; i <= NF; ++i) {
            if ($i == "Fl" && $(i + 1) ~ /^-/) name = substr($++i, 2)
            else if ($i == "Fl") letter = $++i
            else if ($i !~ /^(Ns|Ar|Cm|No|,|=)$/) value = value $i
        }
        gsub(/\\/, " ", value)
        print letter "\t" name "\t" value
    }' "$1"
}

for tool in "${tools[@]}"; do
    page=$BUILD/man/$tool.1
    if [ ! -e "$page" ]; then
        echo "$tool: no manual"
        continue
    fi
    "$tool" --generate=options | cut -f 2-4 | sort -u >wanted
    entries "$page" | sort -u >described
    diff wanted described | sed -n "s/^</$tool.1 does not describe: /p; s/^>/$tool.1 describes what is not there: /p"

    # Variables that do not follow from the option's name are in the text.
    "$tool" --generate=options | awk -F '\t' -v tool="$tool" '
        function shout(text) { gsub(/[-.]/, "_", text); return toupper(text) }
        $5 != "" && $5 != shout(tool) "_" shout($3) { print $5 }' | sort -u |
        while read -r variable; do
            grep -q "^\.\(It \)\?Ev $variable\b" "$page" || echo "$tool.1: ENVIRONMENT does not name $variable"
        done

    sed -n 's/^\.Sh //p' "$page" >sections
    for section in NAME SYNOPSIS DESCRIPTION OPTIONS ENVIRONMENT FILES 'EXIT STATUS' EXAMPLES DIAGNOSTICS 'SEE ALSO' \
        CAVEATS; do
        grep -qx "$section" sections || echo "$tool.1: no section $section"
    done
    while read -r command; do
        grep -qE "^\.(It|Ss|Nm|Cm|Ic).*\b$command\b" "$page" || echo "$tool.1: does not describe the command $command"
    done < <(commands_of "$tool")
done
