# A small stdenv: PATH, outputs, hooks and phases under the names that nixpkgs gives them.
set -eu
set -o pipefail
shopt -s inherit_errexit
umask 0022

: "${NIX_LOG_FD:=2}"
SHELL=/usr/bin/bash
export SHELL NIX_LOG_FD

if [ -n "${NIX_ATTRS_SH_FILE:-}" ]; then
  # Structured attributes: outputs and env arrive as arrays instead of environment variables.
  export NIX_ATTRS_SH_FILE NIX_ATTRS_JSON_FILE
  for _name in "${!outputs[@]}"; do export "$_name=${outputs[$_name]}"; done
  if declare -p env >/dev/null 2>&1; then
    for _name in "${!env[@]}"; do export "$_name=${env[$_name]}"; done
  fi
  outputNames=("${!outputs[@]}")
else
  read -ra outputNames <<<"$outputs"
fi

# _list NAME: the words of an attribute that is a list, whichever way it arrives.
_list() {
  local -n _value=$1
  if [[ "$(declare -p "$1" 2>/dev/null)" == "declare -a"* ]]; then
    if ((${#_value[@]})); then printf '%s\n' "${_value[@]}"; fi
  else
    local word
    for word in ${_value:-}; do printf '%s\n' "$word"; done
  fi
}

# Only what a derivation names is on PATH: a tool that nixpkgs would not find is not found here either.
PATH=
for _input in $(_list nativeBuildInputs) $(_list buildInputs) $(_list initialPath); do
  if [ -d "$_input/bin" ]; then PATH=$PATH${PATH:+:}$_input/bin; fi
done
export PATH
HOST_PATH=
for _input in $(_list buildInputs); do
  if [ -d "$_input/bin" ]; then HOST_PATH=$HOST_PATH${HOST_PATH:+:}$_input/bin; fi
done
for _input in $(_list nativeBuildInputs) $(_list buildInputs); do
  if [ -f "$_input/nix-support/setup-hook" ]; then . "$_input/nix-support/setup-hook"; fi
done

if [ -n "${crossPrefix:-}" ]; then
  export CC=${crossPrefix}gcc AR=${crossPrefix}ar RANLIB=${crossPrefix}ranlib STRIP=${crossPrefix}strip
fi

runHook() {
  local hook=$1
  if declare -F "$hook" >/dev/null; then "$hook"; else eval "${!hook:-}"; fi
}

# runPhase NAME: announces the phase to Nix and runs the function or the attribute of that name.
runPhase() {
  local phase=$1
  echo "@nix { \"action\": \"setPhase\", \"phase\": \"$phase\" }" >&"$NIX_LOG_FD"
  if [ -n "${!phase:-}" ]; then eval "${!phase}"; else "$phase"; fi
  # As in nixpkgs, the later phases run in the unpacked source.
  if [ "$phase" = unpackPhase ] && [ -n "${sourceRoot:-}" ]; then cd -- "$sourceRoot"; fi
}

unpackPhase() {
  runHook preUnpack
  local source
  for source in $(_list srcs) $(_list src); do
    case $source in
      *.tar | *.tar.* | *.tgz) tar xf "$source" ;;
      *)
        local name=${source##*/}
        cp -r --preserve=mode,timestamps --reflink=auto -- "$source" "${name:33}"
        chmod -R u+w -- "${name:33}"
        ;;
    esac
  done
  if [ -z "${sourceRoot:-}" ]; then
    local entry
    for entry in *; do
      if [ -d "$entry" ]; then sourceRoot=$entry; fi
    done
  fi
  runHook postUnpack
}

patchPhase() {
  runHook prePatch
  local file
  for file in $(_list patches); do patch -p1 <"$file"; done
  runHook postPatch
}

configurePhase() {
  runHook preConfigure
  if [ -x ./configure ] && [ -z "${dontConfigure:-}" ]; then ./configure --prefix="$out" ${configureFlags:-}; fi
  runHook postConfigure
}

buildPhase() {
  runHook preBuild
  if [ -e Makefile ] || [ -e makefile ] || [ -e GNUmakefile ]; then make ${makeFlags:-} ${buildFlags:-}; fi
  runHook postBuild
}

checkPhase() {
  runHook preCheck
  make ${makeFlags:-} ${checkFlags:-VERBOSE=y} ${checkTarget:-check}
  runHook postCheck
}

installPhase() {
  runHook preInstall
  if [ -e Makefile ] || [ -e makefile ] || [ -e GNUmakefile ]; then make ${makeFlags:-} prefix="$out" install; fi
  runHook postInstall
}

fixupPhase() {
  runHook preFixup
  runHook postFixup
}

installCheckPhase() {
  runHook preInstallCheck
  runHook postInstallCheck
}

# substituteInPlace FILE… [--replace-fail|--replace-warn|--replace-quiet FROM TO]…
substituteInPlace() {
  local files=() content file
  while (($#)) && [[ $1 != --* ]]; do
    files+=("$1")
    shift
  done
  for file in "${files[@]}"; do
    content=$(cat "$file"; printf x)
    content=${content%x}
    local args=("$@")
    while ((${#args[@]})); do
      if [[ $content != *"${args[1]}"* ]] && [ "${args[0]}" = --replace-fail ]; then
        echo "substituteInPlace: $file does not contain '${args[1]}'" >&2
        return 1
      fi
      content=${content//"${args[1]}"/"${args[2]}"}
      args=("${args[@]:3}")
    done
    printf '%s' "$content" >"$file"
  done
}

genericBuild() {
  if [ -n "${buildCommandPath:-}" ]; then
    . "$buildCommandPath"
    return
  fi
  if [ -n "${buildCommand:-}" ]; then
    eval "$buildCommand"
    return
  fi
  local phase skip
  for phase in ${phases:-${prePhases:-} unpackPhase patchPhase ${preConfigurePhases:-} configurePhase ${preBuildPhases:-} buildPhase checkPhase \
    ${preInstallPhases:-} installPhase ${preFixupPhases:-} fixupPhase installCheckPhase ${postPhases:-}}; do
    skip=dont${phase^}
    skip=${skip%Phase}
    case $phase in
      checkPhase) [ -n "${doCheck:-}" ] || continue ;;
      installCheckPhase) [ -n "${doInstallCheck:-}" ] || continue ;;
      *) [ -z "${!skip:-}" ] || continue ;;
    esac
    runPhase "$phase"
  done
}
