#!/usr/bin/env bash
# Restores a backup into an empty home and an empty database: restore.sh BACKUP HOME
# BACKUP is what backup.sh printed. Ends well only where the publication is made again, row for row.
set -euo pipefail
backup=$1
home=$2
mkdir -p "$home"
[ -z "$(ls -A "$home")" ] || { echo "$home is not empty." >&2; exit 2; }
tar --extract --gzip --file "$backup.tar.gz" --directory "$home"
pg_restore --exit-on-error --no-owner --dbname "$PGDATABASE" "$backup.dump"
samtaler verify --ledger --home "$home"
samtaler verify --home "$home"
