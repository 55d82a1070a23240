#!/bin/sh
# Builds the third-party archives that the statically linked tools need and that Debian does not ship
# in a usable form: libcurl (HTTP only), libmongoc with libbson, and ISA-L (its inflate and checksums
# only). The sources are Debian's own source packages, with Debian's patches, of the versions whose
# -dev packages are installed.
#
#   sh tests/support/third_party.sh DIR       build into DIR; DIR appears only when all is done
#   sh tests/support/third_party.sh --stamp   print what identifies the outcome: a name for a cache folder
#
# DIR then holds lib/libcurl.a, lib/libmongoc-static-1.0.a, lib/libbson-static-1.0.a, lib/libisal.a,
# their headers (include/curl, include/libmongoc-1.0, include/libbson-1.0, include/isa-l and isa-l.h),
# their licences and VERSIONS.
# The system's apt state stays untouched: indexes and downloads live in a private folder.
#
# Needs: dpkg-dev, cmake, ninja-build, make, nasm, a C compiler, libcurl4-openssl-dev, libmongoc-dev, libisal-dev,
# libssl-dev, zlib1g-dev.
set -eu

say() { printf 'third_party: %s\n' "$*" >&2; }
fail() {
    say "$1"
    exit 1
}

usage='usage: third_party.sh DIR | --stamp'
[ $# -eq 1 ] || fail "$usage"

source_version() { dpkg-query -W -f '${source:Version}' "$1" 2>/dev/null; }
upstream_version() { dpkg-query -W -f '${source:Upstream-Version}' "$1" 2>/dev/null; }

curl_version=$(source_version libcurl4-openssl-dev) || fail 'libcurl4-openssl-dev is not installed'
mongoc_version=$(source_version libmongoc-dev) || fail 'libmongoc-dev is not installed'
isal_version=$(source_version libisal-dev) || fail 'libisal-dev is not installed'
openssl_version=$(source_version libssl-dev) || fail 'libssl-dev is not installed'
zlib_version=$(source_version zlib1g-dev) || fail 'zlib1g-dev is not installed'

if [ "$1" = --stamp ]; then
    {
        cat -- "$0"
        printf '%s\n' "$curl_version" "$mongoc_version" "$isal_version" "$openssl_version" "$zlib_version"
        dpkg --print-architecture
        cc -dumpfullversion
    } | sha256sum | cut -c 1-16
    exit 0
fi
case $1 in
    -*) fail "$usage" ;;
esac

mkdir -p "$(dirname -- "$1")"
prefix=$(cd "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
# An earlier run that was killed may have left its work folder; nothing else uses that name.
work=$prefix.work
log=$work/log
rm -rf -- "$work"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/parts" "$work/src"

started=$(date +%s)
step() { say "$(($(date +%s) - started)) s: $*"; }
# Runs a command with its output in a log; shows the log's end when the command fails.
logged() {
    if ! "$@" >"$log" 2>&1 </dev/null; then
        say "failed: $*"
        tail -n 40 "$log" >&2
        return 1
    fi
}

# --- the sources --------------------------------------------------------------------------------
# Debian's entries of this machine's apt sources, as deb-src. Only suites of the running release are
# kept: backports or sid would bring a libcurl and a libmongoc with another interface.
# shellcheck source=/dev/null
release=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-stable}")
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    [ -e "$file" ] || continue
    grep -q '^[^#]*debian' "$file" || continue
    case $file in
        *.sources)
            awk -v release="$release" '
                /^Types:/ { print "Types: deb-src"; next }
                /^Suites:/ {
                    kept = ""
                    for (i = 2; i <= NF; i++)
                        if (($i ~ "^" release || $i ~ "^stable") && $i !~ /backports/) kept = kept " " $i
                    # A stanza must name a suite; this one exists for certain and does no harm twice.
                    print "Suites:" (kept == "" ? " " release : kept)
                    next
                }
                { print }' "$file" >"$work/parts/$(basename -- "$file")"
            ;;
        *)
            awk -v release="$release" '
                $1 == "deb" && /debian/ && !/backports/ {
                    for (i = 2; i <= NF; i++)
                        if ($i ~ "^" release || $i ~ "^stable") { $1 = "deb-src"; print; next }
                }' "$file" >"$work/parts/$(basename -- "$file").list"
            ;;
    esac
done

# The sandbox user _apt could not write into a folder below somebody's home.
private_apt() {
    apt-get -q \
        -o Dir::Etc::sourcelist=/dev/null \
        -o Dir::Etc::sourceparts="$work/parts" \
        -o Dir::State::lists="$work/lists" \
        -o Dir::Cache="$work/cache" \
        -o APT::Sandbox::User=root \
        -o Acquire::Retries=3 \
        -o APT::Update::Error-Mode=any \
        "$@"
}
no_sources() {
    say "$1"
    say 'the source packages come from the deb-src index of the mirror that apt uses on this machine'
    say "without it, build against Debian's shared libraries: cmake -DBRADAWL_LINK=shared"
    exit 1
}
# download SOURCE VERSION: that version, or the newest one when the mirror has dropped it.
download() {
    if (cd "$work/src" && private_apt source --download-only --only-source "$1=$2" >"$log" 2>&1 </dev/null); then
        return 0
    fi
    say "$1 $2 is not on the mirror any more: taking the newest version there"
    (cd "$work/src" && logged private_apt source --download-only --only-source "$1")
}
step 'reading the index of source packages'
logged private_apt update || (sleep 10 && logged private_apt update) || no_sources 'the index of source packages cannot be read'
for source in "curl $curl_version" "mongo-c-driver $mongoc_version" "libisal $isal_version"; do
    step "downloading source package $source"
    # shellcheck disable=SC2086 # two words are meant
    download $source || no_sources "source package '${source%% *}' cannot be downloaded"
done
cd "$work/src"
# apt has checked the files against the signed index; the uploader's own signature would need his key.
logged dpkg-source --no-check -x curl_*.dsc curl
logged dpkg-source --no-check -x mongo-c-driver_*.dsc mongoc
logged dpkg-source --no-check -x libisal_*.dsc isal
debian_version() { (cd "$1" && dpkg-parsechangelog -S Version); }
curl_version=$(debian_version curl)
mongoc_version=$(debian_version mongoc)
isal_version=$(debian_version isal)
upstream() { printf '%s' "$1" | sed 's/^[0-9]*://; s/-[^-]*$//; s/[+~].*//'; }

# --- the builds ---------------------------------------------------------------------------------
# Section flags let the tools' linker drop what they do not call.
flags="-O2 -ffunction-sections -fdata-sections -fstack-protector-strong -fstack-clash-protection"
flags="$flags -D_FORTIFY_SOURCE=3"
if [ "$(dpkg --print-architecture)" = amd64 ]; then
    flags="$flags -fcf-protection"
fi
# Builds in different folders shall be bit-identical. Quoted once more, for the shell that ninja calls, and
# given as the flags of build type None, since libmongoc sends CMAKE_C_FLAGS to every server that it greets.
paths="\"-ffile-prefix-map=$work/src=.\" \"-ffile-prefix-map=$work=.\""

step 'configuring libcurl'
logged cmake -S curl -B "$work/b-curl" -G Ninja -Wno-dev \
    -DCMAKE_BUILD_TYPE=None -DCMAKE_C_FLAGS="$flags" -DCMAKE_C_FLAGS_NONE="$paths" \
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON \
    -DCMAKE_INSTALL_PREFIX="$work/out" -DCMAKE_INSTALL_LIBDIR=lib \
    -DBUILD_SHARED_LIBS=OFF -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF -DENABLE_MANUAL=OFF \
    -DHTTP_ONLY=ON -DENABLE_IPV6=ON -DENABLE_THREADED_RESOLVER=ON -DENABLE_UNIX_SOCKETS=ON \
    -DCURL_USE_OPENSSL=ON -DCURL_ZLIB=ON \
    -DCURL_BROTLI=OFF -DCURL_ZSTD=OFF -DUSE_NGHTTP2=OFF -DUSE_LIBIDN2=OFF -DUSE_LIBRTMP=OFF \
    -DCURL_USE_LIBPSL=OFF -DCURL_USE_LIBSSH=OFF -DCURL_USE_LIBSSH2=OFF -DCURL_USE_GSSAPI=OFF \
    -DCURL_DISABLE_LDAP=ON -DCURL_DISABLE_LDAPS=ON -DCURL_DISABLE_NTLM=ON \
    -DCURL_DISABLE_ALTSVC=ON -DCURL_DISABLE_HSTS=ON \
    -DCURL_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt -DCURL_CA_PATH=/etc/ssl/certs

step 'configuring libmongoc and libbson'
logged cmake -S mongoc -B "$work/b-mongoc" -G Ninja -Wno-dev \
    -DCMAKE_BUILD_TYPE=None -DCMAKE_C_FLAGS="$flags" -DCMAKE_C_FLAGS_NONE="$paths" \
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON \
    -DCMAKE_INSTALL_PREFIX="$work/out" -DCMAKE_INSTALL_LIBDIR=lib \
    -DBUILD_VERSION="$(upstream "$mongoc_version")" \
    -DENABLE_STATIC=ON -DENABLE_TESTS=OFF -DENABLE_EXAMPLES=OFF -DENABLE_UNINSTALL=OFF \
    -DENABLE_MAN_PAGES=OFF -DENABLE_HTML_DOCS=OFF \
    -DENABLE_SSL=OPENSSL -DENABLE_ZLIB=SYSTEM \
    -DENABLE_SASL=OFF -DENABLE_ICU=OFF -DENABLE_SNAPPY=OFF -DENABLE_ZSTD=OFF \
    -DENABLE_CLIENT_SIDE_ENCRYPTION=OFF -DENABLE_MONGODB_AWS_AUTH=OFF -DENABLE_SRV=ON \
    -DENABLE_SHM_COUNTERS=OFF -DENABLE_AUTOMATIC_INIT_AND_CLEANUP=OFF

step 'compiling libcurl'
logged ninja -C "$work/b-curl" install
# The default target would also link libmongoc.so, which a static libz.a cannot serve.
step 'compiling libmongoc and libbson'
logged ninja -C "$work/b-mongoc" mongoc_static bson_static

# ISA-L's own makefile for machines without autotools. It compiles by CC alone, so the flags are part of that; CXX and
# nasm see no path. Units besides these two (RAID, erasure codes) nobody here needs.
step 'compiling ISA-L'
isal_make() {
    logged make -C isal -f Makefile.unx units='crc igzip' version="$(upstream "$isal_version")" \
        CC="cc $flags -fPIC $paths" "$@"
}
isal_make -j "$(nproc)" lib
isal_make isa-l.h

# --- the prefix ---------------------------------------------------------------------------------
out=$work/out
cp "$work/b-mongoc/src/libmongoc/libmongoc-static-1.0.a" "$work/b-mongoc/src/libbson/libbson-static-1.0.a" "$out/lib/"
# public_headers LIBRARY NAME: the headers of the source tree and the generated ones, without the private ones.
public_headers() {
    mkdir -p "$out/include/$1-1.0/$2"
    find "mongoc/src/$1/src/$2" "$work/b-mongoc/src/$1/src/$2" -maxdepth 1 -name '*.h' ! -name '*-private.h' \
        -exec cp -t "$out/include/$1-1.0/$2" {} +
    # <bson.h> and <mongoc.h> without the folder are the old spelling; kept as upstream installs them.
    cp "mongoc/src/$1/src/$2/forwarding/$2.h" "$out/include/$1-1.0/$2.h"
}
public_headers libbson bson
public_headers libmongoc mongoc
cp isal/bin/isa-l.a "$out/lib/libisal.a"
mkdir -p "$out/include/isa-l"
cp isal/isa-l.h "$out/include/"
cp isal/include/crc.h isal/include/crc64.h isal/include/igzip_lib.h isal/include/types.h "$out/include/isa-l/"
mkdir -p "$out/licences"
cp curl/COPYING "$out/licences/curl"
cp mongoc/COPYING "$out/licences/mongo-c-driver"
cp isal/LICENSE "$out/licences/isa-l"
# curl's CMake and pkg-config files name the work folder, and the tools' build has no use for them.
rm -rf -- "${out:?}/lib/cmake" "${out:?}/lib/pkgconfig" "${out:?}/bin"
ranlib "$out"/lib/*.a

# NAME UPSTREAM-VERSION DEBIAN-VERSION. OpenSSL and zlib are linked from Debian's own static archives.
{
    printf 'libcurl %s %s\n' "$(upstream "$curl_version")" "$curl_version"
    printf 'libmongoc %s %s\n' "$(upstream "$mongoc_version")" "$mongoc_version"
    printf 'libbson %s %s\n' "$(upstream "$mongoc_version")" "$mongoc_version"
    printf 'ISA-L %s %s\n' "$(upstream "$isal_version")" "$isal_version"
    printf 'OpenSSL %s %s\n' "$(upstream_version libssl-dev)" "$openssl_version"
    printf 'zlib %s %s\n' "$(upstream_version zlib1g-dev | sed 's/^[0-9]*://; s/\.dfsg.*//')" "$zlib_version"
} >"$out/VERSIONS"

rm -rf -- "$prefix.old"
if [ -e "$prefix" ]; then
    mv -- "$prefix" "$prefix.old"
fi
mv -- "$out" "$prefix"
cd /
rm -rf -- "$prefix.old" "$work"
step "done: $prefix"
