# The controller's side of its two ports: words with the runtime, one a line, and the guest's SSH port. For busybox' sh. Whoever takes this in
# has set busybox, nc (its applet under that name), address (the controller's own) and guest, and calls open_ports first. src/runtime/controller/words.ts has the other end.
# shellcheck shell=ash disable=SC2154

# Opens both: 5 is for the words, 6 for SSH. They are the only ones who read there. The kernel has a port before it has its name.
open_ports() {
  tries=0
  until find_ports; do
    tries=$((tries + 1))
    if [ "$tries" -ge 100 ]; then
      echo "casement: no ports casement.words and casement.ssh; QEMU needs -device virtserialport,name=…"
      return 1
    fi
    $busybox usleep 50000
  done
  exec 5<>"$words" 6<>"$ssh"
}

find_ports() {
  words='' ssh=''
  for port in /sys/class/virtio-ports/*; do
    [ -e "$port/name" ] || continue
    read -r name <"$port/name"
    case $name in
      casement.words) words=/dev/${port##*/} ;;
      casement.ssh) ssh=/dev/${port##*/} ;;
    esac
  done
  [ -n "$words" ] && [ -n "$ssh" ]
}

tell() { echo "$*" >&5; }

until_smbd_answers() {
  until $nc "$address" 445 </dev/null >/dev/null 2>&1; do $busybox usleep 50000; done
}

relay_one() {
  said=$($nc "$guest" 22 <&6 2>&1 >&6)
  tell closed "$?" "$said"
}

# One connection after the other, each begun by a line `connect`. What is left of the one before stands in front of that line. A word may overtake
# bytes: who was told that a connection has ended asks by a line `end` for what stands behind its last byte.
relay() {
  while read -r line <&6; do
    case $line in
      connect) relay_one ;;
      end) printf '\n\0casement: this was the last byte\n' >&6 ;;
    esac
  done
}

# The tables' lines in one, without a program: it is asked when there is much to do.
connections() {
  for table in /proc/net/tcp /proc/net/tcp6; do
    [ -e "$table" ] || continue
    while read -r line; do printf '%s;' "$line"; done <"$table"
  done
}

# Answers until the runtime goes away.
answer() {
  while read -r word <&5; do
    case $word in
      connections)
        tell tcp "$(connections)"
        ;;
      disconnect) $busybox killall nc 2>/dev/null ;;
      random) tell random "$($busybox head -c 32 /dev/urandom | $busybox od -An -v -tx1 | $busybox tr -d ' \n')" ;;
      *) tell unknown "$word" ;;
    esac
  done
}
