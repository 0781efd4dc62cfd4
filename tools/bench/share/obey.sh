
# The bench's hand in a controller that is measured: behind relay.sh, which init.sh takes in. An order is a script in the exchange folder
# (tools/bench/share/orders.ts), because the words are the runtime's. It looks seldom enough to cost nothing beside what the guest is measured at.
obey() {
  order=/run/xchg/bench-order
  while $busybox sleep 1; do
    [ -e $order.sh ] || continue
    $busybox sh $order.sh </dev/null >$order.stdout 2>$order.stderr
    echo "$?" >$order.code.new
    $busybox rm $order.sh
    $busybox mv $order.code.new $order.code
  done
}
obey &
