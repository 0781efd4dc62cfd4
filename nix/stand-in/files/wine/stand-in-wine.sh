#!/bin/bash
# Runs once after the installation: what Wine has to know of this machine, and Cygwin's root as Windows programs name it.
sed -i "s/@COMPUTERNAME@/$(hostname)/" /usr/lib/stand-in-wine/prefix/system.reg
[ -e /cygdrive/c/cygwin64 ] || ln -s / /cygdrive/c/cygwin64
