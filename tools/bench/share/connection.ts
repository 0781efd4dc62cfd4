import { guest } from "../../../src/contract/guest.ts";
import { quoteSh } from "../../../src/text/sh.ts";
import type { Pair } from "./pair.ts";
import { order } from "./orders.ts";

/**
 * Logs in from the controller into the guest, by OpenSSH's client, the image's host key and the account's password; what is piped
 * through SSH later has a channel of this connection, so that no login is in its time. Returns the cipher.
 */
export async function connect(pair: Pair, path: string): Promise<string> {
  const { access, hostKey } = pair.parts;
  const cipher = await order(
    pair,
    [
      "set -e",
      `PATH=${quoteSh(path)}`,
      "export PATH SSH_ASKPASS=/tmp/bench/password SSH_ASKPASS_REQUIRE=force",
      "mkdir -p /tmp/bench; cd /tmp/bench",
      `echo ${quoteSh(`${guest.address} ${hostKey.trim()}`)} >known-hosts`,
      `printf '%s\\n' '#!/casement/busybox sh' ${quoteSh(`echo ${quoteSh(access.password)}`)} >password`,
      "chmod 700 password",
      // Its output would stay open as long as the connection.
      `ssh -v -F /dev/null -o UserKnownHostsFile=/tmp/bench/known-hosts -o StrictHostKeyChecking=yes -o PreferredAuthentications=password \\
        -o ControlMaster=yes -o ControlPersist=yes -o ControlPath=/tmp/bench/connection ${quoteSh(access.user)}@${guest.address} true >log 2>&1 </dev/null || { cat log >&2; exit 1; }`,
      "sed -n 's/.*client->server cipher: \\([^ ]*\\).*/\\1/p' log",
      "",
    ].join("\n"),
  );
  return cipher.trim();
}
