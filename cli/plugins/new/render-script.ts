import type { NewPlugin } from "./build-plugin-folder.ts";

/** run.sh: a POSIX script that writes a JUnit report and then the done file. */
export const renderScript = ({ name, usesApi }: NewPlugin): string => `#!/bin/sh
# What ${name} does in its pod: runs checks, writes them as JUnit, and says that it is done.
set -u
results="\${SONOBUOY_RESULTS_DIR:-/tmp/sonobuoy/results}"
report="$results/report.xml"
cases=""
tests=0
failures=0

# Any text as XML takes it.
escape() {
  tr -cd '\\011\\012\\040-\\176' | sed 's/&/\\&amp;/g; s/</\\&lt;/g; s/>/\\&gt;/g; s/"/\\&quot;/g'
}

# check NAME COMMAND…: a test that passes if the command does; what it prints is shown if it fails.
check() {
  name=$(printf '%s' "$1" | escape)
  shift
  tests=$((tests + 1))
  if output=$("$@" 2>&1); then
    cases="$cases<testcase name=\\"$name\\"/>"
  else
    failures=$((failures + 1))
    text=$(printf '%s' "$output" | escape)
    cases="$cases<testcase name=\\"$name\\"><failure message=\\"failed\\">$text</failure></testcase>"
  fi
}

# At least a twentieth of the node's memory is free.
memory_is_free() {
  awk '/^MemTotal:/ {total = $2} /^MemAvailable:/ {free = $2} END {printf "%d of %d KiB are free\\n", free, total; exit !(free * 20 > total)}' /proc/meminfo
}
${usesApi ? apiChecks : ""}
check "memory is free" memory_is_free
${usesApi ? 'check "no namespace hangs in deletion" no_namespace_hangs\n' : ""}
printf '<?xml version="1.0" encoding="UTF-8"?>\\n<testsuite name="${name}" tests="%d" failures="%d">%s</testsuite>\\n' "$tests" "$failures" "$cases" > "$report"
# Last of all: the path of what is to be sent.
printf '%s' "$report" > "$results/done"
`;

const apiChecks = `
# api PATH: what the API server answers to a GET by the plugin's own account. A test can put answers into the folder $API_ANSWERS.
api() {
  if [ -n "\${API_ANSWERS:-}" ]; then
    cat "$API_ANSWERS/$(printf '%s' "$1" | tr -c 'a-zA-Z0-9' '_')"
    return
  fi
  account=/var/run/secrets/kubernetes.io/serviceaccount
  curl --silent --show-error --fail-with-body --max-time 20 --cacert "$account/ca.crt" \\
    --header "Authorization: Bearer $(cat "$account/token")" "https://kubernetes.default.svc$1"
}

no_namespace_hangs() {
  answer=$(api "/api/v1/namespaces?fieldSelector=status.phase%3DTerminating") || { echo "$answer"; return 1; }
  case "$answer" in
    *'"items":[]'* | *'"items": []'*) ;;
    *) echo "$answer"; return 1 ;;
  esac
}
`;
