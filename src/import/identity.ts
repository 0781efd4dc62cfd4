import type { AnswerReader } from "./answer-reader.ts";
import { setup, shell } from "./components.ts";
import type { WindowsPart } from "./windows-input.ts";

/** Computer name, owner and organization. */
export function importIdentity(reader: AnswerReader): WindowsPart {
  const computerName = reader.take(shell, "ComputerName");
  const either = (first: string, second: string): string | undefined => {
    const registered = reader.take(shell, second);
    return reader.take(setup, first) ?? registered;
  };
  const fullName = either("UserData/FullName", "RegisteredOwner");
  const organization = either("UserData/Organization", "RegisteredOrganization");
  if (computerName === "*") {
    reader.leave(`${shell}/ComputerName`, "a random name: the computer gets one made from the spec's name");
  }
  return {
    ...(computerName === undefined || computerName === "*" ? {} : { computerName }),
    ...(fullName === undefined ? {} : { fullName }),
    ...(organization === undefined ? {} : { organization }),
  };
}
