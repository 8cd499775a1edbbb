#!/bin/sh
# Creates Temporal's two databases and brings their schema up to the version of this image. May be run again: a
# database that exists is kept, and a schema that is newer than 0.0 is only brought forward.
set -eu

set_up() {
  database=$1
  schema=$2
  # Host, user and password come from SQL_HOST, SQL_USER and SQL_PASSWORD.
  sql() { temporal-sql-tool --plugin postgres12 --port 5432 --db "$database" "$@"; }
  sql create
  sql setup-schema --version 0.0
  sql update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$schema/versioned"
}

set_up temporal temporal
set_up temporal_visibility visibility
