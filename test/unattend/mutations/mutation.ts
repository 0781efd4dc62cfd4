import type { AnswerTarget } from "../../../src/unattend/validate.ts";
import { addAt, at, type MutableElement, removeAt, setAt } from "../mutable-document.ts";

/** One way to spoil a good answer file, and what the check has to say of it. */
export interface Mutation {
  readonly title: string;
  readonly spoil: Spoil;
  /** `path: message` of one issue. */
  readonly want: RegExp;
  /** For which machines it is. */
  readonly where: Where;
}

export type Spoil = (document: MutableElement, target: AnswerTarget) => void;
export type Where = (target: AnswerTarget) => boolean;

/** A mutation for all machines, or for those that `where` says. */
export function mutation(title: string, spoil: Spoil, want: RegExp, where: Where = () => true): Mutation {
  return { title, spoil, want, where };
}

export const bios: Where = ({ firmware }) => firmware === "bios";
export const uefi: Where = ({ firmware }) => firmware === "uefi";
export const server: Where = ({ product }) => product === "server";
export const seven: Where = ({ family }) => family === "7";
export const fromTen: Where = ({ family }) => family === "10" || family === "11";

export const pe = "windowsPE/Microsoft-Windows-Setup";
export const locale = "windowsPE/Microsoft-Windows-International-Core-WinPE";
export const drivers = "windowsPE/Microsoft-Windows-PnpCustomizationsWinPE/DriverPaths/PathAndCredentials";
export const disk = `${pe}/DiskConfiguration/Disk`;
export const create = `${disk}/CreatePartitions/CreatePartition`;
export const modify = `${disk}/ModifyPartitions/ModifyPartition`;
export const installTo = `${pe}/ImageInstall/OSImage/InstallTo`;
export const metaData = `${pe}/ImageInstall/OSImage/InstallFrom/MetaData`;
export const peCommand = `${pe}/RunSynchronous/RunSynchronousCommand`;
export const deployment = "specialize/Microsoft-Windows-Deployment";
export const command = `${deployment}/RunSynchronous/RunSynchronousCommand`;
export const machine = "specialize/Microsoft-Windows-Shell-Setup";
export const tcpip = "specialize/Microsoft-Windows-TCPIP/Interfaces/Interface";
export const shell = "oobeSystem/Microsoft-Windows-Shell-Setup";
export const logon = `${shell}/AutoLogon`;
export const account = `${shell}/UserAccounts/LocalAccounts/LocalAccount`;
export const first = `${shell}/FirstLogonCommands/SynchronousCommand`;

export function set(place: string, text: string): Spoil {
  return (document) => setAt(document, place, text);
}

export function remove(place: string): Spoil {
  return (document) => removeAt(document, place);
}

export function add(place: string, ...children: readonly MutableElement[]): Spoil {
  return (document) => addAt(document, place, ...children.map((child) => structuredClone(child)));
}

/** Sets an attribute, or takes it away. */
export function mark(place: string, name: string, value: string | undefined): Spoil {
  return (document) => {
    const { attributes } = at(document, place);
    if (value === undefined) Reflect.deleteProperty(attributes, name);
    else attributes[name] = value;
  };
}

export function rename(place: string, name: string): Spoil {
  return (document) => {
    at(document, place).name = name;
  };
}

/** Takes an element out and puts it into another. */
export function moveTo(target: string, place: string): Spoil {
  return (document) => {
    const moved = at(document, place);
    removeAt(document, place);
    addAt(document, target, moved);
  };
}
