#!/casement/busybox sh
# First process of the minimal controller. It takes what it runs into its memory, starts smbd and the agent and falls asleep with
# nothing of the host mounted, so that it can be frozen. A line on the agent's port wakes it, and it mounts the host's folders.
# /casement/settings and the lists beside it are written by build-initrd.sh. The VM ends when the agent or smbd does.
/casement/busybox mkdir -p /bin /dev /proc /sys
/casement/busybox mount -t devtmpfs dev /dev
exec >/dev/console 2>&1 </dev/null
busybox=/casement/busybox
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

share() {
  $busybox mount -t 9p -o "trans=virtio,version=9p2000.L,msize=512000,cache=$1" "$2" "$3" || stop "9p: $2 could not be mounted on $3"
}

# cache=none: what is read once is not wanted in a memory that is about to be frozen.
mount_to_read() {
  $busybox mkdir -p "$2"
  share none,ro "$1" "$2"
  [ "$2" = /usr ] || return 0
  # A merged /usr: programs of the host look for their loader and libraries in /lib64 and /lib.
  $busybox rmdir /bin
  for folder in bin sbin lib lib32 lib64 libx32; do
    [ ! -d "/usr/$folder" ] || $busybox ln -s "usr/$folder" "/$folder"
  done
}
mount_to_use() { share loose,ro "$1" "$2"; }
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

$busybox ip link set lo up
$busybox ip address add "$address" dev eth0 || stop "network: no eth0; QEMU needs -device virtio-net-pci"
$busybox ip link set eth0 up

$busybox mkdir -p /casement/ram /tmp /root /var /run/xchg /run/samba
$busybox mount -t tmpfs -o size=100% ram /casement/ram
export HOME=/root TMPDIR=/tmp
each_export mount_to_read
take_along smbd
take_along node
$busybox cp "$agent" /casement/ram/agent.mjs || stop "$agent: could not be taken into memory"
each_export unmount
say "in memory"

$busybox cp /casement/smbpasswd /run/samba/smbpasswd
{
  (become smbd --foreground --no-process-group --debug-stdout --configfile=/casement/smb.conf)
  stop "smbd ended with $?"
} &

# The agent says asleep when smbd answers and it has tried all that a run needs. It and this shell wait then, it for the runtime's
# word and this shell for the agent to hand it on.
$busybox mkfifo /run/from-agent /run/to-agent
# Interpreted: what V8 compiles while it runs an emulator has to translate once more.
{
  (become node --no-opt --no-maglev --no-sparkplug /casement/ram/agent.mjs --sleep </run/to-agent >/run/from-agent)
  stop "agent ended with $?"
} &
# What the kernel says from here on it says after the wake.
$busybox dmesg -c >/dev/null
exec 3>/run/to-agent 4</run/from-agent
read -r word epoch <&4 || stop "the agent went away"
[ "$word" = wake ] || stop "expected 'wake SECONDS', got '$word'"
say "awake"
$busybox date -u -s "@$epoch" || stop "clock: could not be set to $epoch"

# All revived controllers come from one memory. Nothing may draw a random number before the kernel's generator has become this
# machine's own; the agent's own is renewed from it, because its clock has jumped (src/agent/sleep.ts).
tries=0
until $busybox dmesg | $busybox grep -q 'reseeded due to virtual machine fork'; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || stop "randomness: the kernel did not notice that it was revived; QEMU needs -device vmgenid"
  $busybox usleep 10000
done

echo awake >&3
each_export mount_to_use
# cache=none: the runtime on the host writes and reads here too.
share none "$xchg_tag" /run/xchg
say "mounted"
echo mounted >&3
wait
