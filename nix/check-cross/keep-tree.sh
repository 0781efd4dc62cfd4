# Runs in Linux at the end of a cross build: builds what automake's tests are made of without running it, because the compiler is
# here, and keeps the whole build folder. Other test programs have to be part of the build (postBuild = "make tests").
# shellcheck shell=bash
if grep -rqs --include=Makefile '^check-TESTS:' .; then
  # shellcheck disable=SC2048,SC2086
  make ${makeFlags[*]:-} check TESTS= VERBOSE=y
fi
pwd >"$checkTree/folder"
printf '%s\n' "$NIX_BUILD_TOP" >"$checkTree/top"
# Where nixpkgs looks for a program's libraries (win-dll-link.sh, cygwin-dll-link.sh); only folders that have some.
IFS=: read -ra folders <<<"${LINK_DLL_FOLDERS:-}:${_linkDeps_inputPath:-}:${HOST_PATH:-}"
for folder in ${libraryFolders[*]:-} "${folders[@]}"; do
  if compgen -G "$folder/*.dll" >/dev/null; then printf '%s\n' "$folder"; fi
done >"$checkTree/library-folders"
# One time for all files: the guest's clock stands before this build, and make would take what is newer than now for stale.
tar --create --mtime=@1 --file "$checkTree/tree.tar" --directory "$NIX_BUILD_TOP" --exclude=./env-vars --exclude='./.attr*' .
