#!/bin/bash
# Proves over loopback what every run depends on; writes the reason and ends with 1 at the first thing that is not so.
set -euo pipefail
user='builder'
work=/tmp/casement-verify

fail() {
  printf '%s\r\n' "$1" >/cygdrive/c/casement/reason.txt
  printf '%s\n' "$1" >&2
  exit 1
}

rm -rf "$work"
mkdir -p "$work"
chmod 700 "$work"
printf '127.0.0.1 %s\n' "$(cat /etc/ssh_host_ed25519_key.pub)" >"$work/known_hosts"
cat >"$work/askpass" <<'ASKPASS'
#!/bin/bash
printf '%s\n' 'Casement-Demo-1'
ASKPASS
chmod 700 "$work/askpass"

login() {
  SSH_ASKPASS="$work/askpass" SSH_ASKPASS_REQUIRE=force DISPLAY=none ssh -F /dev/null \
    -o UserKnownHostsFile="$work/known_hosts" -o StrictHostKeyChecking=yes -o ConnectTimeout=10 \
    -o IdentitiesOnly=yes "$@" </dev/null
}
by_password() {
  login -o PreferredAuthentications=password -o NumberOfPasswordPrompts=1 "$user@127.0.0.1" "$@"
}

# The service can come up after the start-up task does.
tries=0
until seen=$(by_password id -un 2>"$work/error"); do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then fail "no login by password over loopback: $(tail -n 1 "$work/error")"; fi
  sleep 2
done
if [ "$seen" != "$user" ]; then fail "the session by password belongs to $seen"; fi

# Runs install programs and write to C:\, so the session needs the whole token of an administrator.
case " $(by_password id -G) " in
  *" 544 "*) ;;
  *) fail "the session by password has no administrator token" ;;
esac

status=0
by_password cmd /c exit 42 || status=$?
if [ "$status" != 42 ]; then fail "exit code 42 of a command came back as $status"; fi

# A key login proves owner and mode of authorized_keys. The host's private key is not in here, so a second one does.
ssh-keygen -q -t ed25519 -N '' -C casement-verify -f "$work/key"
keys="/home/$user/.ssh/authorized_keys"
cp -p "$keys" "$work/authorized_keys"
cat "$work/key.pub" >>"$keys"
status=0
login -o PreferredAuthentications=publickey -i "$work/key" "$user@127.0.0.1" true 2>"$work/error" || status=$?
cat "$work/authorized_keys" >"$keys"
if [ "$status" != 0 ]; then fail "no login by key over loopback: $(tail -n 1 "$work/error")"; fi

store=$(cygpath -w /nix/store)
if [ "${store%\\}" != 'S:' ]; then fail "/nix/store stands for $store"; fi
xchg=$(cygpath -w /tmp/xchg)
if [ "${xchg%\\}" != 'X:' ]; then fail "/tmp/xchg stands for $xchg"; fi

rm -rf "$work"
