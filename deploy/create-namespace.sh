#!/bin/sh
# Creates the namespace of TEMPORAL_NAMESPACE at TEMPORAL_ADDRESS when it is not there. May be run again.
set -eu

# By number, as in Temporal's own compose files, which found that the name alone did not always do.
name=${TEMPORAL_ADDRESS%:*}
number=$(getent ahostsv4 "$name" | awk 'NR == 1 { print $1 }')
export TEMPORAL_ADDRESS="${number:-$name}:${TEMPORAL_ADDRESS##*:}"

temporal operator cluster health
if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  echo "The namespace $TEMPORAL_NAMESPACE is there."
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
fi
