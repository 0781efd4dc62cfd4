#!/bin/busybox sh
# Answers a word behind its banner. To `report` by one line each: whether what is in memory and on the disk is still what was put there.
echo "SSH-2.0-tiny"
read -r word
case $word in
report) ;;
zero)
  [ ! -e /bin/guest-zero.sh ] || exec guest-zero.sh
  exec echo 0
  ;;
*) exit 1 ;;
esac
grep MemFree /proc/meminfo
[ "$(md5sum </tmp/data | cut -c1-32)" = "$(cat /tmp/sum)" ] && echo "memory intact"
echo 3 >/proc/sys/vm/drop_caches
[ "$(dd if=/tmp/disk bs=1M count=2 2>/dev/null | md5sum | cut -c1-32)" = "$(cat /tmp/disk-sum)" ] && echo "disk intact"
echo "sum $(cat /tmp/sum)"
echo "count $(cat /tmp/count)"
echo "clock $(date -u +%Y-%m-%d)"
# A write of this run's own: no other run and no snapshot may ever see it.
dd if=/dev/urandom of=/tmp/disk bs=1M count=2 seek=2 2>/dev/null
dd if=/dev/urandom of=/tmp/more bs=1M count=10 2>/dev/null
echo "end"
