#!/casement/busybox sh
# First process of the minimal controller. It takes what it runs into its memory, starts smbd and falls asleep with nothing of the host
# mounted, so that it can be frozen. A word of the runtime wakes it, and it mounts the host's folders.
# /casement/settings and the list beside it are written by build-initrd.sh. The VM ends when smbd does, or the runtime goes away.
/casement/busybox mkdir -p /bin /dev /proc /sys
/casement/busybox mount -t devtmpfs dev /dev
exec >/dev/console 2>&1 </dev/null
busybox=/casement/busybox
nc=/casement/nc
$busybox mount -t proc proc /proc
$busybox mount -t sysfs sys /sys

# Without a process of its own, as far as may be from here on: under emulation each costs some ten milliseconds.
say() {
  read -r uptime _ </proc/uptime
  echo "casement: $uptime s: $*"
}
stop() {
  say "$*"
  $busybox sync
  $busybox poweroff -f
}

# Every word casement.exports=TAG:/PATH,… of the kernel's command line: folders of the host, at the same path here.
exports=
for word in $($busybox cat /proc/cmdline); do
  case $word in casement.exports=*) exports="$exports${word#casement.exports=}," ;; esac
done

each_export() {
  IFS=,
  for export in $exports; do
    unset IFS
    "$1" "${export%%:*}" "${export#*:}"
  done
  unset IFS
}

ninep=trans=virtio,version=9p2000.L,msize=512000

# cache=none: what is read once is not wanted in a memory that is about to be frozen.
mount_to_read() {
  $busybox mkdir -p "$2"
  $busybox mount -t 9p -o "$ninep,cache=none,ro" "$1" "$2" || stop "9p: $1 could not be mounted on $2"
  [ "$2" = /usr ] || return 0
  # A merged /usr: programs of the host look for their loader and libraries in /lib64 and /lib.
  $busybox rmdir /bin
  for folder in bin sbin lib lib32 lib64 libx32; do
    [ ! -d "/usr/$folder" ] || $busybox ln -s "usr/$folder" "/$folder"
  done
}
mount_later() { echo "$2 $3 9p $ninep,cache=$1 0 0" >>/etc/fstab; }
mount_export_later() { mount_later loose,ro "$1" "$2"; }
unmount() { $busybox umount "$2" || stop "9p: $2 is in use, so this controller cannot be frozen"; }

# A program and its libraries (NAME.files, the program first) in one folder of their own, which no mount will hide.
take_along() {
  $busybox mkdir -p "/casement/ram/$1"
  while read -r file; do
    $busybox cp "$file" "/casement/ram/$1/" || stop "$file: could not be taken into memory"
  done <"/casement/$1.files"
}
# NAME ARGUMENT…: takes the place of the shell.
become() {
  name=$1 folder=/casement/ram/$1
  shift
  exec "$folder"/ld-linux-*.so.* --library-path "$folder" "$folder/$name" "$@"
}

say "init"
for module in /casement/modules/*.ko; do
  $busybox insmod "$module" || stop "module $module: could not be loaded"
done

# shellcheck source=/dev/null
. /casement/settings
# shellcheck source=templates/controller/relay.sh
. /casement/relay.sh

$busybox ip link set lo up
$busybox ip address add "$address/$netmask_bits" dev eth0 || stop "network: no eth0; QEMU needs -device virtio-net-pci"
$busybox ip link set eth0 up

$busybox mkdir -p /casement/ram /tmp /root /var /run/xchg /run/samba
$busybox mount -t tmpfs -o size=100% ram /casement/ram
export HOME=/root TMPDIR=/tmp
each_export mount_to_read
take_along smbd
each_export unmount
say "in memory"

# What waits for the kernel's word after a freeze is frozen with the rest, so that no program has to be started to look for it. It begins here,
# so that it has read by then what the kernel has said before.
$busybox mkfifo /casement/reseeded
exec 7<>/casement/reseeded
{
  $busybox grep -q -m 1 'reseeded due to virtual machine fork' /dev/kmsg && echo >&7
} &

$busybox cp /casement/smbpasswd /run/samba/smbpasswd
{
  (become smbd --foreground --no-process-group --debug-stdout --configfile=/casement/smb.conf)
  stop "smbd ended with $?"
} &

until_smbd_answers
each_export mount_export_later
# cache=none: the runtime on the host writes and reads here too.
mount_later none "$xchg_tag" /run/xchg
open_ports || stop "ports: could not be opened"
# The first connection is frozen while it waits for the guest to answer to its address, so that a revived controller has it without starting
# a program. What SSH needs of randomness is not in here.
echo 1000000000 >/proc/sys/net/ipv4/neigh/eth0/mcast_solicit
echo 30 >/proc/sys/net/ipv4/neigh/eth0/retrans_time_ms
{
  relay_one
  relay
} &
until $busybox grep -q ':0016 02 ' /proc/net/tcp; do $busybox usleep 10000; done
tell asleep
read -r word epoch <&5 || stop "the runtime went away"
[ "$word" = wake ] || stop "expected 'wake SECONDS', got '$word'"
say "awake"

# All revived controllers come from one memory. Nothing may ask smbd for a random number before the kernel's generator has become
# this machine's own.
read -r -t 10 _ <&7 || stop "randomness: the kernel did not notice that it was revived; QEMU needs -device vmgenid"

tell running
# All in one process.
$busybox mount -a -t 9p || stop "9p: could not be mounted: $($busybox cat /etc/fstab)"
say "mounted"
tell ready
$busybox date -u -s "@$epoch" || stop "clock: could not be set to $epoch"
# A client that only begins. What smbd runs for it is translated then, while the guest's sshd still starts.
$nc "$address" 445 </casement/smb-hello >/dev/null 2>&1 &
answer
stop "the runtime went away"
