# The tests of a build that does not say itself what its check phase is. None is a failure: a check that runs nothing proves nothing.
# shellcheck shell=bash
runHook preCheck
if [ -e CTestTestfile.cmake ]; then
  ctest --output-on-failure
else
  target=${checkTarget:-}
  if [ -z "$target" ]; then
    for name in check test; do
      # shellcheck disable=SC2086
      if make --dry-run ${makeFlags:-} "$name" >/dev/null 2>&1; then target=$name && break; fi
    done
  fi
  if [ -z "$target" ]; then
    echo "checkCross: no tests were found: neither CTestTestfile.cmake nor a Makefile with check or test. Give the package a checkPhase" >&2
    exit 1
  fi
  # shellcheck disable=SC2086
  make ${makeFlags:-} ${checkFlags:-} VERBOSE=y "$target"
fi
runHook postCheck
