#!/bin/busybox sh
# Holds data in memory and on the disk, counts, and tells about it whoever connects to port 22.
ip link set eth0 up
ip addr add 192.168.0.1/24 dev eth0
mount -t tmpfs -o size=80% tmp /tmp
dd if=/dev/urandom of=/tmp/data bs=1M count=${TINY_DATA_MIB:-20} 2>/dev/null
md5sum </tmp/data | cut -c1-32 >/tmp/sum
[ -b /dev/vda ] && ln -s /dev/vda /tmp/disk || ln -s /dev/sda /tmp/disk
dd if=/tmp/data of=/tmp/disk bs=1M count=2 2>/dev/null
sync
dd if=/tmp/data bs=1M count=2 2>/dev/null | md5sum | cut -c1-32 >/tmp/disk-sum
echo 0 >/tmp/count
if [ -e /bin/guest-zero.sh ]; then
  # Dirties memory that the guest frees again: it is in use no more, and full of random bytes.
  for _ in 1 2 3 4 5 6 7 8 9 10; do cat /tmp/data; done >/tmp/freed
  rm /tmp/freed
fi
nc -ll -p 22 -e /bin/guest-report.sh &
echo "casement stage=installed" >/dev/ttyS0
while sleep 0.2; do
  echo $(($(cat /tmp/count) + 1)) >/tmp/count.new
  mv /tmp/count.new /tmp/count
done
