#!/casement/busybox sh
# First process of the minimal controller: modules, network, 9p folders, then smbd and the agent side by side.
# /casement/settings (written by build-initrd.sh) says where smbd, node and the agent are in the store.
# The VM ends when the agent or smbd does.
/casement/busybox mkdir -p /bin /dev /proc /sys
/casement/busybox mount -t devtmpfs dev /dev
exec >/dev/console 2>&1 </dev/null
busybox=/casement/busybox
$busybox mount -t proc proc /proc
$busybox mount -t sysfs sys /sys

say() { echo "casement: $($busybox cut -d ' ' -f 1 /proc/uptime) s: $*"; }
stop() {
  say "$*"
  $busybox sync
  $busybox poweroff -f
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

# Every word casement.exports=TAG:/PATH,… of the kernel's command line: folders of the host, at the same path here.
exports=
for word in $($busybox cat /proc/cmdline); do
  case $word in casement.exports=*) exports="$exports,${word#casement.exports=}" ;; esac
done
IFS=,
for export in $exports; do
  [ -n "$export" ] || continue
  tag=${export%%:*} path=${export#*:}
  $busybox mkdir -p "$path"
  $busybox mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000,cache=loose,ro "$tag" "$path" ||
    stop "9p: $tag could not be mounted on $path"
  if [ "$path" = /usr ]; then
    # A merged /usr: programs of the host look for their loader and libraries in /lib64 and /lib.
    $busybox rmdir /bin
    for folder in bin sbin lib lib32 lib64 libx32; do
      [ ! -d "/usr/$folder" ] || $busybox ln -s "usr/$folder" "/$folder"
    done
  fi
done
unset IFS

$busybox mkdir -p /tmp /root /var /run/xchg /run/samba
# cache=none: the runtime on the host writes and reads here too.
$busybox mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000,cache=none "$xchg_tag" /run/xchg ||
  stop "9p: $xchg_tag could not be mounted on /run/xchg"
$busybox cp /casement/smbpasswd /run/samba/smbpasswd
say "mounted"

export HOME=/root TMPDIR=/tmp
"$node" "$agent" &
agent_pid=$!
{
  "$smbd" --foreground --no-process-group --debug-stdout --configfile=/casement/smb.conf
  say "smbd ended with $?"
  kill "$agent_pid"
} &
wait "$agent_pid"
stop "agent ended with $?"
