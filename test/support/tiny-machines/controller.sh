#!/bin/busybox sh
# Speaks the agent's protocol as far as a test of the runtime needs it.
ip link set eth0 up
ip addr add 192.168.0.2/24 dev eth0
for port in /sys/class/virtio-ports/*; do
  if [ "$(cat "$port/name")" = casement.agent ]; then agent=/dev/${port##*/}; fi
done
exec 3<>"$agent"
echo '{"type":"hello","version":1}' >&3
mount -t 9p -o trans=virtio,version=9p2000.L,cache=none xchg /xchg
echo '{"type":"ready"}' >&3

report() {
  # The guest ends the connection when it has said all.
  nc -w 20 192.168.0.1 22 </dev/null
}

while read -r line <&3; do
  id=$(echo "$line" | sed 's/.*"id":\([0-9]*\).*/\1/')
  code=null
  case $line in
  *'"type":"wait-for-ssh"'*) until report | grep -q SSH-2.0; do sleep 0.2; done ;;
  # What stands for the session that zeroes: the guest says how much it was, in MiB.
  *'"type":"zero-free-memory"'*) text=$(nc -w 60 192.168.0.1 23 </dev/null) ;;
  *'"type":"execute"'*)
    code=0
    out=/outputs/out
    mkdir -p $out
    until report >$out/report && grep -q end $out/report; do sleep 0.1; done
    cp /xchg/run/script.sh $out/script
    ln -s report $out/link
    chmod 755 $out/script
    tar -cf /xchg/outputs.tar -C /outputs .
    echo "{\"type\":\"output\",\"id\":$id,\"stream\":\"stdout\",\"data\":\"$(base64 -w0 <$out/report)\"}" >&3
    ;;
  esac
  echo "{\"type\":\"done\",\"id\":$id,\"exitCode\":$code${text:+,\"text\":\"$text\"}}" >&3
  text=
done
