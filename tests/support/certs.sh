#!/bin/sh
# certs.sh DIR: certificates for tests, made afresh.
#   ca.pem                      the authority that clients of the tests are told to trust
#   server.pem server.key       by it, for localhost, 127.0.0.1 and ::1
#   expired.pem expired.key     by it, for the same names, over since 2021
#   elsewhere.pem elsewhere.key by it, for elsewhere.test: the wrong name
#   other-ca.pem                an authority that signed none of these
set -eu
[ $# -eq 1 ] || { echo "usage: certs.sh DIR" >&2; exit 2; }
mkdir -p "$1"
cd "$1"
umask 077
trap 'rm -rf .making' EXIT
mkdir .making
: > .making/index
echo 01 > .making/serial
cat > .making/ca.conf <<'CONF'
[ca]
default_ca = tests
[tests]
database = .making/index
serial = .making/serial
new_certs_dir = .making
default_md = sha256
policy = names
unique_subject = no
[names]
commonName = supplied
CONF

# authority NAME SUBJECT
authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=$2" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout ".making/$1.key" -out "$1.pem" 2> .making/errors
}

# certificate NAME FROM UNTIL SUBJECT-ALTERNATIVE-NAMES: signed by ca
certificate() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" \
    -keyout "$1.key" -out ".making/$1.csr" 2> .making/errors
  printf 'subjectAltName = %s\nextendedKeyUsage = serverAuth\n' "$4" > ".making/$1.ext"
  openssl ca -batch -notext -config .making/ca.conf -cert ca.pem -keyfile .making/ca.key -startdate "$2" -enddate "$3" \
    -extfile ".making/$1.ext" -in ".making/$1.csr" -out "$1.pem" 2> .making/errors
}

{
  here=DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1
  authority ca "tests"
  authority other-ca "another authority"
  certificate server 20200101000000Z 20491231235959Z "$here"
  certificate expired 20200101000000Z 20210101000000Z "$here"
  certificate elsewhere 20200101000000Z 20491231235959Z DNS:elsewhere.test
} || { cat .making/errors >&2; exit 1; }
chmod 644 ./*.pem
