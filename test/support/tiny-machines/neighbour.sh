#!/bin/busybox sh
# Another node on the guest's network.
ip link set eth0 up
ip addr add 192.168.0.10/24 dev eth0
mkdir /tmp/www
echo "a page of the neighbour" >/tmp/www/index.html
httpd -p 80 -h /tmp/www
until heard=$(nc -w 5 192.168.0.1 22 </dev/null | head -n 1) && [ -n "$heard" ]; do sleep 1; done
echo "neighbour heard $heard" >/dev/ttyS0
while sleep 1000; do :; done
