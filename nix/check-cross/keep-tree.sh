# Runs in Linux at the end of a cross build: builds what automake's tests are made of without running it, because the compiler is
# here, and keeps the whole build folder. Other test programs have to be part of the build (postBuild = "make tests").
# shellcheck shell=bash
if [ -f Makefile ] && grep -q '^check-TESTS:' Makefile; then
  # shellcheck disable=SC2086
  make ${makeFlags:-} check TESTS= VERBOSE=y
fi
pwd >"$checkTree/folder"
printf '%s\n' "$NIX_BUILD_TOP" >"$checkTree/top"
# One time for all files: the guest's clock stands before this build, and make would take what is newer than now for stale.
tar --create --mtime=@1 --file "$checkTree/tree.tar" --directory "$NIX_BUILD_TOP" --exclude=./env-vars --exclude='./.attr*' .
