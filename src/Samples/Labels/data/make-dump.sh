#!/usr/bin/env bash
# Makes labels.sql anew, of schema.sql and rows.sql.
# Needs mariadbd, mariadb-install-db, mariadb and mariadb-dump (Debian: mariadb-server-core, mariadb-server, mariadb-client).
# The server is private to this run: it has no port, and its directory goes away at the end.
#
# It has no binary log: the dump tells no position, because a new master that is filled from it counts its transactions from 1 again. So the first frame is not
# believed to have what users wrote; every later one, of the master itself, tells its position.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then kill "$server" && wait "$server" || true; fi
  rm -rf "$work"
}
trap finish EXIT

if [ "$(id -u)" = 0 ]; then as_root=--user=root; else as_root=; fi
mariadb-install-db --no-defaults $as_root --datadir="$work/data" --auth-root-authentication-method=normal --skip-test-db >"$work/install.log"
mariadbd --no-defaults $as_root --datadir="$work/data" --socket="$work/sock" --pid-file="$work/pid" --skip-networking --innodb-buffer-pool-size=32M \
  --character-set-server=utf8mb4 2>"$work/server.log" &
server=$!
sql() { mariadb --no-defaults --socket="$work/sock" --user=root --default-character-set=utf8mb4 "$@"; }
for _ in $(seq 100); do
  if sql -e 'SELECT 1' >/dev/null 2>&1; then break; fi
  sleep 0.1
done

sql <"$here/schema.sql"
sql <"$here/rows.sql"
mariadb-dump --no-defaults --socket="$work/sock" --user=root --default-character-set=utf8mb4 \
  --databases labels --routines --triggers --single-transaction --order-by-primary >"$here/labels.sql"
ls -l "$here/labels.sql"
