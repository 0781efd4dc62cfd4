# How setup speaks: one line a step with its time, the output of commands kept in a log that a failure names.

log=$state/setup.log

# step TITLE COMMAND…: runs the command with its output in the log; on failure shows the log's end and stops.
step() {
  local title=$1 began=$SECONDS status=0
  shift
  printf 'setup: %s … ' "$title"
  printf '\n=== %s\n' "$title" >>"$log"
  # Not "if ! …": bash switches -e off inside a condition, so a failing step would go on.
  set +e
  (
    set -e
    "$@"
  ) >>"$log" 2>&1 </dev/null
  status=$?
  set -e
  if ((status)); then
    printf 'FAILED (exit code %s)\n' "$status"
    tail -n 25 "$log" | sed 's/^/  | /' >&2
    echo "setup: $title: failed with exit code $status; the whole output is in $log. Mend what it says and run 'npm run setup' again." >&2
    exit 1
  fi
  printf '%s s\n' "$((SECONDS - began))"
}

# fail MESSAGE: says why setup cannot go on, and stops.
fail() {
  echo "setup: $*" >&2
  exit 1
}

# at_least VERSION FLOOR: true if the dotted version is the floor or newer.
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}
