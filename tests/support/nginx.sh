#!/bin/sh
# A private nginx that serves records as a feed would: chunked, gzipped on the fly, over TLS, behind Basic auth.
#
#   nginx.sh start DIR RECORDS CERT KEY USER:PASSWORD [PID]
#   nginx.sh stop DIR
#
# start makes DIR, waits until nginx listens, and writes the addresses to DIR/urls, also to standard output:
#   https=https://127.0.0.1:PORT
#   http=http://127.0.0.1:PORT
# /feed.json is gzipped if the client accepts that, /plain.json is not; both ask for the password and are
# application/json; a gzipped body is chunked, a plain one has a Content-Length. It stops by itself when PID (default:
# the caller) ends, or after an hour; stopping removes DIR. Do not call `start` in $(...) without PID: that caller ends
# at once. Any user may run it.
set -eu
PATH=$PATH:/usr/sbin  # where Debian keeps nginx, and which ordinary users do not search

free_ports() {
  /usr/bin/python3 -c '
import socket
pair = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(one.getsockname()[1] for one in pair))'
}

configure() {  # PORT-FOR-TLS PORT
  cat > "$dir/nginx.conf" <<CONF
master_process off;  # one process: none is left behind by a kill, and none changes its user
pid $dir/nginx.pid;
error_log $dir/error.log;
events { worker_connections 64; }
http {
  access_log $dir/access.log;
  client_body_temp_path $dir/temp; proxy_temp_path $dir/temp; fastcgi_temp_path $dir/temp;
  uwsgi_temp_path $dir/temp; scgi_temp_path $dir/temp;
  default_type application/json;
  types { }
  sendfile on;
  gzip_types application/json;
  gzip_comp_level 6;
  server {
    listen 127.0.0.1:$1 ssl;
    listen 127.0.0.1:$2;
    ssl_certificate $cert;
    ssl_certificate_key $key;
    auth_basic "feed";
    auth_basic_user_file $dir/htpasswd;
    location = /feed.json { alias $records; gzip on; }
    location = /plain.json { alias $records; }
  }
}
CONF
}

start() {
  umask 077
  mkdir "$dir" "$dir/temp"
  printf '%s:%s\n' "${password%%:*}" "$(printf %s "${password#*:}" | openssl passwd -apr1 -stdin)" > "$dir/htpasswd"
  tries=0
  # shellcheck disable=SC2086  # two words on purpose
  until ports=$(free_ports) && configure $ports && nginx -e "$dir/error.log" -c "$dir/nginx.conf" 2> "$dir/start"; do
    tries=$((tries + 1))  # another program took one of the ports in between
    [ "$tries" -lt 5 ] || { cat "$dir/start" >&2; exit 1; }
  done
  # shellcheck disable=SC2086
  printf 'https=https://127.0.0.1:%s\nhttp=http://127.0.0.1:%s\n' $ports | tee "$dir/urls"
}

# Ends nginx and DIR when process $1 ends, when an hour is over, or when `stop` ends the `timeout`.
watch() {
  timeout 3600 tail --pid="$1" -f /dev/null &
  echo $! > "$dir/watch.pid"
  wait
  master=$(cat "$dir/nginx.pid")
  kill -TERM "$master" || rm "$dir/nginx.pid"  # it was killed before
  # nginx removes its pid file at the very end; a process that waits for its init to be reaped looks alive for longer.
  while [ -e "$dir/nginx.pid" ] && kill -0 "$master"; do sleep 0.05; done
  rm -r "$dir"
}

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

[ $# -ge 2 ] || usage
action=$1
case $2 in /*) dir=$2 ;; *) dir=$PWD/$2 ;; esac
case $action in
  start)
    [ $# -ge 6 ] || usage
    records=$(realpath "$3") cert=$(realpath "$4") key=$(realpath "$5") password=$6
    start
    # A session of its own: nginx has one, and what ends it must outlive a terminal's Ctrl-C just as well.
    setsid "$0" watch "$dir" "${7:-$PPID}" < /dev/null > /dev/null 2>&1 &
    until [ -s "$dir/watch.pid" ]; do sleep 0.02; done
    ;;
  watch) watch "$3" ;;
  stop)
    kill "$(cat "$dir/watch.pid")"
    while [ -e "$dir" ]; do sleep 0.05; done
    ;;
  *) usage ;;
esac
