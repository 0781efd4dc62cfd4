# Runs in the guest's session (bash). Every observation is a file of its own with the command and its exit code, and none
# stops the others: what fails is proof too.
observe() {
  local name=$1
  shift
  {
    local code=0
    printf '$ %s\n' "$*"
    "$@" 2>&1 || code=$?
    printf 'exit code %s\n' "$code"
  } >"$out/$name.txt"
}

whole_code() {
  local code=0
  native cmd /d /c "exit $1" || code=$?
  printf 'native: low byte %s\n' "$code"
  code=0
  cmd /d /c "exit $1" || code=$?
  printf 'bash alone: %s\n' "$code"
}

# Cygwin's symlinks on X: need the SYSTEM attribute to survive in Samba; the result's tar brings one back as well.
symlinks() {
  local folder=/tmp/xchg/run/symlinks
  mkdir -p "$folder" && cd "$folder" || return
  echo target >target
  ln -sf target relative
  ln -sf "$folder/target" absolute
  cat relative absolute
  readlink relative absolute
  cmd /d /c "attrib X:\\run\\symlinks\\relative"
  cd / && rm -r "$folder"
}

clock() {
  date --utc +%FT%T.%NZ
  sleep 5
  date --utc +%FT%T.%NZ
  cmd /d /c "echo %DATE% %TIME%"
}

store() {
  local first
  for first in /nix/store/*; do break; done
  ls -ld /nix/store "$first"
  find /nix/store -maxdepth 1 | wc -l
}

observe version cmd /d /c ver
observe uname uname -a
observe whoami whoami /all
observe net-use net use
observe mount mount
observe store store
observe symlinks symlinks
for code in 1 256 3010 3221225477; do observe "exit-code-$code" whole_code "$code"; done
observe clock clock
observe processes tasklist
observe services cmd /d /c "sc query state= all"
ln -s uname.txt "$out/a-symlink"
