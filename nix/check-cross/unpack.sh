# Runs in the guest: the build folder of Linux at its own place, with its times, so that make finds nothing to build.
# shellcheck shell=bash
top=$(cat "$tree/top")
if [ "$top" != "$NIX_BUILD_TOP" ]; then
  mount -f -o binary "$(cygpath -m "$NIX_BUILD_TOP")" "$top"
fi
tar --extract --file "$tree/tree.tar" --directory "$top"
cd "$(cat "$tree/folder")" || exit 1
# Windows looks for libraries along PATH: those of the inputs, and those that the build itself has made.
while IFS= read -r folder; do
  PATH=$PATH:$folder
done < <(cat "$tree/library-folders" && find "$PWD" -name '*.dll' -printf '%h\n' | sort -u)
export PATH
