#!/bin/sh
# java_files.sh DIR: files of Java's binary formats in DIR, for tests of schemas. What is there already is left alone.
#   tzdb.dat, currency.data      the JDK's time zones and currencies
#   classes/                     over 2,000 class files of the JDK
#   keystore.jks                 an EC key pair and a trusted certificate; password changeit, as the next one's
#   keystore.jceks               an AES key, which is a serialized object, and an EC key pair
#   heap.hprof                   a heap dump, some MB
#   nbt/                         *.nbt: Nbt.java says what they are
#   frames/                      records.seq, messages.log: see Frames.java
# Needs a JDK (17 or later) on PATH, and no network. Any number of these may run at once on the same DIR.
set -eu
fail() { echo "java_files.sh: $*" >&2; exit 1; }
[ $# -eq 1 ] || { echo "usage: java_files.sh DIR" >&2; exit 2; }
sources=$(cd "$(dirname -- "$0")/java" && pwd)
for program in java javac keytool jimage; do
    command -v "$program" >/dev/null || fail "there is no $program on PATH (Debian: default-jdk-headless)"
done
home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
mkdir -p "$1"
cd "$1"
exec 9>.lock
flock 9
making=$(mktemp -d "$PWD/.making.XXXXXX")
trap 'rm -rf "$making"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# make NAME COMMAND...: makes $making/NAME by COMMAND, which says nothing unless it fails, and moves it here.
make() {
    [ ! -e "$1" ] || return 0
    name=$1
    shift
    "$@" >"$making/log" 2>&1 </dev/null || { cat "$making/log" >&2; fail "$name cannot be made"; }
    mv "$making/$name" "$name"
}

# key_pair STORE TYPE: an entry of its own, with its certificate signed by itself.
key_pair() {
    keytool -genkeypair -alias pair -keyalg EC -groupname secp256r1 -dname CN=tests -validity 3650 -keystore "$1" \
        -storetype "$2" -storepass changeit -keypass changeit
}

keystore_jks() {
    key_pair "$making/other" JKS &&
        keytool -exportcert -alias pair -keystore "$making/other" -storepass changeit -file "$making/certificate" &&
        key_pair "$making/keystore.jks" JKS &&
        keytool -importcert -noprompt -alias trusted -file "$making/certificate" -keystore "$making/keystore.jks" \
            -storepass changeit
}

keystore_jceks() {
    keytool -genseckey -alias secret -keyalg AES -keysize 128 -keystore "$making/keystore.jceks" -storetype JCEKS \
        -storepass changeit -keypass changeit &&
        key_pair "$making/keystore.jceks" JCEKS
}

# from_image KIND: the files of KIND of some packages of the JDK's own image.
from_image() {
    jimage extract --dir "$making/image" --include "regex:/java.base/java/(lang|util|time)/.*\\.$1" "$home/lib/modules"
}
currency_data() {
    from_image data && mv "$making/image/java.base/java/util/currency.data" "$making/currency.data"
}
classes() {
    rm -rf "$making/image"
    from_image class && mv "$making/image/java.base" "$making/classes"
}

heap_dump() {
    javac -d "$making" "$sources/Heap.java" && java -Xmx16m -cp "$making" Heap "$making/heap.hprof"
}

make tzdb.dat cp "$home/lib/tzdb.dat" "$making/tzdb.dat"
make currency.data currency_data
make classes classes
make keystore.jks keystore_jks
make keystore.jceks keystore_jceks
make heap.hprof heap_dump
make nbt java "$sources/Nbt.java" "$making/nbt"
make frames java "$sources/Frames.java" "$making/frames"
