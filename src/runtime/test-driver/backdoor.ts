import { guest } from "../../contract/guest.ts";

/** A node by the name that the others call it by. */
export interface NamedHost {
  readonly address: string;
  readonly name: string;
}

/** What the driver of a NixOS test waits for; its own words. */
const greeting = "Spawning backdoor root shell...";

/** Where the driver's shared folder is in the guest, and where its tests look for it. */
const standardPlaces: { readonly xchg: string; readonly shared: string } = {
  xchg: guest.mounts.xchg,
  shared: "/tmp/shared",
};

/**
 * The script of the session that the driver of a NixOS test types into: makes the guest a node as its tests expect one, greets
 * the driver, and runs what it types. The driver reads standard output and nothing else may be there; what commands
 * say on standard error goes to the log. `hosts` are the other nodes that the guest does not know yet.
 */
export function renderBackdoor(hosts: readonly NamedHost[], places = standardPlaces): string {
  return `exec 4<&0 5>&1 </dev/null >&2
cd /tmp
# copy_from_machine and copy_from_host
ln -sfn ${places.xchg} ${places.shared}
${hostLines(hosts)}# wait_for_open_port and wait_for_closed_port; Cygwin has it in a package that few install.
if ! command -v nc >/dev/null; then
  nc() {
    if [ $# != 3 ] || [ "$1" != -z ]; then echo 'nc: casement plays nc -z ADDRESS PORT only' >&2; return 2; fi
    (exec 3<>"/dev/tcp/$2/$3") 2>/dev/null
  }
  export -f nc
fi
# shutdown, and its counterpart. By Windows' own program: Cygwin has one of that name, too.
poweroff() { cmd /d /c '%SystemRoot%\\System32\\shutdown.exe -s -t 0 -f' </dev/null; }
reboot() { cmd /d /c '%SystemRoot%\\System32\\shutdown.exe -r -t 0 -f' </dev/null; }
export -f poweroff reboot
printf '%s\\n' '${greeting}' >&5
# Not from standard input: a program that reads its own would take what the driver types next. By way of cat, because a
# shell does not open a socket by its name.
exec /bin/bash --noprofile --norc <(exec cat <&4) >&5 4<&- 5>&-
`;
}

/** Windows reads its file at each look-up. An account that may not write to it does without names. */
function hostLines(hosts: readonly NamedHost[]): string {
  if (hosts.length === 0) return "";
  const lines = hosts.map(({ address, name }) => ` '${address} ${name}'`).join("");
  // The first line ends one that has no end.
  return `printf '%s\\r\\n' ''${lines} >>"$(cygpath -S)/drivers/etc/hosts" ||
  echo 'casement: the other nodes have no names here, because the hosts file cannot be written' >&2
`;
}
