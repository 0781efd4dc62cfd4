import { loadAccounts } from "../machine/accounts.ts";
import { logOnAtConsole } from "../machine/console.ts";
import { Registry } from "../machine/registry.ts";
import { say } from "../machine/screen.ts";

const winlogon = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon";

/**
 * The automatic logon at a start of the installed system, by the values that Winlogon reads: AutoAdminLogon 1, DefaultUserName,
 * DefaultPassword; AutoLogonCount, where it is there, is counted down and ends it at 0. What is wrong is on the screen, and nobody
 * is logged on then.
 */
export function playConsoleLogon(root = ""): void {
  const registry = Registry.load(root);
  const data = (name: string): string | undefined => registry.value(winlogon, name)?.data;
  if (data("AutoAdminLogon") !== "1") return;
  const count = data("AutoLogonCount");
  if (count !== undefined) {
    const left = Number(count);
    if (left === 0) {
      registry.add(winlogon, { name: "AutoAdminLogon", type: "REG_SZ", data: "0" });
      for (const name of ["DefaultPassword", "AutoLogonCount"]) registry.delete(winlogon, name);
      registry.save();
      return;
    }
    registry.add(winlogon, {
      name: "AutoLogonCount",
      type: "REG_DWORD",
      data: `0x${(left - 1).toString(16)}`,
    });
    registry.save();
  }
  const name = data("DefaultUserName") ?? "";
  const account = loadAccounts(root).find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (account === undefined || account.password !== (data("DefaultPassword") ?? "")) {
    say(`automatic logon of ${name}: The user name or password is incorrect. Try again.`);
    return;
  }
  logOnAtConsole(account.name, root);
  say(`casement stand-in: ${account.name} is logged on`);
}
