#!/bin/bash
# Sets up sshd with the keys of the bootstrap medium. Runs as SYSTEM under Cygwin, and can run twice.
set -euo pipefail
user='builder'
service='cygsshd'
source=/cygdrive/c/casement

mkdir -p /nix/store /tmp/xchg
install -m 644 "$source/fstab" /etc/fstab

# The host key first: ssh-host-config makes only keys that are missing.
if [ -e "$source/keys/ssh_host_ed25519_key" ]; then
  install -m 600 "$source/keys/ssh_host_ed25519_key" /etc/ssh_host_ed25519_key
fi
install -m 644 "$source/keys/ssh_host_ed25519_key.pub" /etc/ssh_host_ed25519_key.pub
if ! cygrunsrv -Q "$service" >/dev/null 2>&1; then
  ssh-host-config --yes --name "$service" </dev/null
fi

# sshd refuses keys that others may read. Numbers, because the names are translated: SYSTEM and Administrators.
chown 18:544 /etc/ssh_host_ed25519_key /etc/ssh_host_ed25519_key.pub
chmod 600 /etc/ssh_host_ed25519_key

# One host key, so that the pinned one is the one offered. No AcceptEnv: a client sets no variable.
cat >/etc/sshd_config <<'CONFIG'
Port 22
AddressFamily inet
HostKey /etc/ssh_host_ed25519_key
StrictModes yes
PasswordAuthentication yes
PubkeyAuthentication yes
AuthorizedKeysFile .ssh/authorized_keys
UseDNS no
X11Forwarding no
AllowTcpForwarding no
PrintMotd no
Subsystem sftp /usr/sbin/sftp-server
CONFIG
chown 18:544 /etc/sshd_config
chmod 644 /etc/sshd_config

home="/home/$user"
mkdir -p "$home/.ssh"
install -m 600 "$source/keys/authorized_keys" "$home/.ssh/authorized_keys"
chown -R "$user" "$home"
chmod 755 "$home"
chmod 700 "$home/.ssh"
chmod 600 "$home/.ssh/authorized_keys"

# The image keeps the private host key where sshd needs it, and nowhere else.
rm -f "$source/keys/ssh_host_ed25519_key"

cygrunsrv -E "$service" >/dev/null 2>&1 || true
cygrunsrv -S "$service"
