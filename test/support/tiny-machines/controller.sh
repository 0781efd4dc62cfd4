#!/bin/busybox sh
# The words and the relay of a real controller, and nothing else of one.
# shellcheck disable=SC2034
busybox=busybox nc=nc address=192.168.0.2 guest=192.168.0.1
ip link set eth0 up
ip addr add $address/24 dev eth0
. relay.sh
open_ports || poweroff -f
relay &
tell running
tell ready
answer
poweroff -f
