# The stamp: a file with one hash over setup's inputs and over what setup left behind. Equal hash: nothing to do.

stamp_file=$state/setup.stamp

stamp_is_current() {
  [ -f "$stamp_file" ] && [ "$(cat "$stamp_file")" = "$(stamp_hash)" ]
}

write_stamp() {
  stamp_hash >"$stamp_file.new"
  mv "$stamp_file.new" "$stamp_file"
}

# What is cheap to look at, and changes whenever a step could have work: sources, versions on PATH, Debian's package
# database, and the existence of each thing that setup made.
stamp_hash() {
  {
    echo "$root"
    cd "$root"
    find tools/setup.sh tools/setup tools/node/package-lock.json package-lock.json nix/host-tools nix/npm -type f \
      -print0 | sort -z | xargs -0 sha256sum
    machine_node_version
    machine_nix_version
    stat -c '%n %s %Y' /var/lib/dpkg/status 2>/dev/null || true
    stat -c '%n %s %Y' node_modules/.package-lock.json tools/node/node_modules/.package-lock.json 2>/dev/null || true
    stat -c '%n %i %Y' .tools/bin .tools/nix .tools/kernel .tools/host-tools 2>/dev/null || true
    cat .tools/host-tools/versions.json .tools/package-set 2>/dev/null || true
    added_paths_state
  } | sha256sum | cut -d' ' -f1
}
