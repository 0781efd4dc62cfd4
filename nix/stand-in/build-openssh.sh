# A folder shaped like Win32-OpenSSH's: sshd.exe, ssh.exe, ssh-keygen.exe and their libraries side by side, to be copied to
# C:\OpenSSH. The programs are OpenSSH's for Linux. Environment: openssh (folder with bin/), files, scripts, out.
set -euo pipefail
. "$scripts/programs.sh"
use_libraries "$out" /cygdrive/c/OpenSSH
for name in ssh ssh-keygen; do copy_program "$openssh/bin/$name" "$out/$name.exe"; done
copy_program "$openssh/bin/sshd" "$out/sshd"
for name in sshd-session sshd-auth; do
  if [ -e "$openssh/libexec/$name" ]; then copy_program "$openssh/libexec/$name" "$out/$name"; fi
done
install -m 755 "$files/openssh/sshd.exe" "$out/sshd.exe"
