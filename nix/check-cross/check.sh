# The tests of a build that does not say itself what its check phase is. None is a failure: a check that runs nothing proves nothing.
# shellcheck shell=bash
if [ -e CTestTestfile.cmake ]; then
  runHook preCheck
  ctest --output-on-failure
  runHook postCheck
else
  if [ -z "${checkTarget:-}" ]; then
    for name in check test; do
      # shellcheck disable=SC2048,SC2086
      if make ${makefile:+-f $makefile} --dry-run ${makeFlags[*]:-} "$name" >/dev/null 2>&1; then checkTarget=$name && break; fi
    done
  fi
  if [ -z "${checkTarget:-}" ]; then
    echo "checkCross: no tests were found: neither CTestTestfile.cmake nor a Makefile with check or test. Give the package a checkPhase" >&2
    exit 1
  fi
  # stdenv's own phase, which wants to know this of its build phase.
  export foundMakefile=1
  checkPhase
fi
