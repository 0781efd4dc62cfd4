#!/bin/bash
# Runs once after the installation.
mkdir -p /home /tmp
chmod 1777 /tmp
ln -s /cygdrive/c/Windows/System32/drivers/etc/hosts /etc/hosts
printf '%s\n' 'none /cygdrive cygdrive binary,posix=0,user 0 0' >/etc/fstab
