#!/usr/bin/env bash
# Backs up a home and Dagster's history: backup.sh HOME FOLDER
# Waits for a night at work, and keeps the next one waiting. The key is not in it: keep that apart.
set -euo pipefail
home=$1
folder=$2
name="samtaler-$(date +%Y-%m-%dT%H%M%S)"
umask 077
mkdir -p "$folder"
exec 9>>"$home/state/night.lock"
flock --timeout 7200 9
tar --create --gzip --file "$folder/.$name.tar.gz" --directory "$home" \
  --exclude ./state/pseudonym.key --exclude ./state/scratch --exclude ./state/night.lock \
  --exclude ./published/next --exclude ./published/extracts .
pg_dump --format=custom --file "$folder/.$name.dump"
for kind in dump tar.gz; do
  mv "$folder/.$name.$kind" "$folder/$name.$kind"
done
echo "$folder/$name"
