import { loadAccounts, writeAccounts } from "../machine/accounts.ts";
import { type Call, print, refuse } from "./program.ts";
import { serviceControl } from "./services.ts";

/** net accounts | user | localgroup | start | stop. `net use` is a script of its own (System32/net.exe), which calls this for the rest. */
export function net(call: Call): number {
  const [verb = "", ...rest] = call.args;
  switch (verb.toLowerCase()) {
    case "accounts":
      return accounts(call, rest);
    case "user":
      return user(call, rest);
    case "localgroup":
      return localgroup(call, rest);
    case "start":
    case "stop": {
      const code = serviceControl(verb.toLowerCase(), rest[0] ?? "");
      if (code === 0) return 0;
      print(
        call.handles.stderr,
        code === 4
          ? "The service name is invalid."
          : code === 3
            ? `The ${rest[0]} service is not started.`
            : `The ${rest[0]} service could not be ${verb}ed.`,
      );
      return 2;
    }
    default:
      return refuse(
        call,
        `net ${verb} is not played by the stand-in; it knows use, accounts, user, localgroup, start, stop`,
      );
  }
}

// Passwords of the stand-in never expire.
function accounts(call: Call, words: readonly string[]): number {
  if (words.length !== 1 || !/^\/maxpwage:(unlimited|\d{1,3})$/i.test(words[0] ?? ""))
    return refuse(
      call,
      `net accounts is played with /maxpwage:DAYS or /maxpwage:unlimited, got ${words.join(" ")}`,
    );
  print(call.handles.stdout, "The command completed successfully.", "");
  return 0;
}

function user(call: Call, words: readonly string[]): number {
  const accounts = loadAccounts();
  const options = words.filter((word) => word.startsWith("/")).map((word) => word.toLowerCase());
  const [name, password] = words.filter((word) => !word.startsWith("/"));
  const unknown = options.find(
    (option) => !["/add", "/delete", "/active:yes", "/expires:never", "/passwordreq:yes"].includes(option),
  );
  if (unknown !== undefined) return refuse(call, `net user ${unknown} is not played by the stand-in`);
  if (name === undefined) {
    print(call.handles.stdout, ...accounts.map((each) => each.name));
    return 0;
  }
  const known = accounts.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (options.includes("/add") ? known !== undefined : known === undefined) {
    print(
      call.handles.stderr,
      known === undefined ? "The user name could not be found." : "The account already exists.",
    );
    return 2;
  }
  const others = accounts.filter((each) => each !== known);
  if (options.includes("/delete")) writeAccounts(others);
  else if (options.includes("/add") || password !== undefined) {
    writeAccounts([
      ...others,
      { name: known?.name ?? name, password: password ?? "", administrator: known?.administrator ?? false },
    ]);
  }
  print(call.handles.stdout, "The command completed successfully.", "");
  return 0;
}

function localgroup(call: Call, words: readonly string[]): number {
  const [group = "", name, option] = words;
  if (group.toLowerCase() !== "administrators")
    return refuse(call, `the stand-in has the group Administrators only, got ${group}`);
  const accounts = loadAccounts();
  if (name === undefined) {
    print(call.handles.stdout, ...accounts.filter((each) => each.administrator).map((each) => each.name));
    return 0;
  }
  if (option?.toLowerCase() !== "/add") return refuse(call, "net localgroup is played with /add only");
  writeAccounts(
    accounts.map((each) =>
      each.name.toLowerCase() === name.toLowerCase() ? { ...each, administrator: true } : each,
    ),
  );
  print(call.handles.stdout, "The command completed successfully.", "");
  return 0;
}

/** whoami, whoami /all and /groups, as far as it is known here. */
export function whoami(call: Call): number {
  const name = (call.environment.get("USERNAME") ?? "").toLowerCase();
  const computer = (call.environment.get("COMPUTERNAME") ?? "").toLowerCase();
  const full = name === "system" ? "nt authority\\system" : `${computer}\\${name}`;
  const option = call.args[0]?.toLowerCase();
  if (option === undefined) print(call.handles.stdout, full);
  else if (option === "/all" || option === "/groups") {
    print(
      call.handles.stdout,
      `User: ${full} (casement stand-in)`,
      "BUILTIN\\Administrators  S-1-5-32-544",
      "Mandatory Label\\High Mandatory Level  S-1-16-12288",
      `Login: ${call.environment.get("STAND_IN_SESSION") ?? "unknown"}`,
    );
  } else return refuse(call, `${option} is not played by the stand-in`);
  return 0;
}
