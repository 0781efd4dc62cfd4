import { addAt, at } from "../mutable-document.ts";
import {
  account,
  command,
  create,
  disk,
  drivers,
  mark,
  metaData,
  modify,
  type Mutation,
  mutation,
  pe,
  peCommand,
  remove,
  set,
  shell,
  tcpip,
} from "./mutation.ts";

/** Items of lists: their numbers, keys, marks, and what they need. */
export const lists: readonly Mutation[] = [
  mutation(
    "an Order twice in specialize",
    set(`${command}[2]/Order`, "1"),
    /^specialize\/.*RunSynchronousCommand: every item needs an Order of its own, got 1, 1/,
  ),
  mutation(
    "an Order twice in windowsPE",
    set(`${peCommand}[2]/Order`, "1"),
    /^windowsPE\/.*RunSynchronousCommand: every item needs an Order of its own, got 1, 1/,
  ),
  mutation(
    "a command without Order",
    remove(`${command}[2]/Order`),
    /RunSynchronousCommand: every item needs an Order of its own, got 1, nothing/,
  ),
  mutation(
    "a gap in the order of partitions",
    set(`${create}[2]/Order`, "9"),
    /CreatePartition: Order has to run from 1 to \d without gaps, got 1, 9/,
  ),
  mutation(
    "an Order twice among partitions",
    set(`${modify}[2]/Order`, "1"),
    /ModifyPartition: Order has to run from 1 to \d without gaps, got 1, 1/,
  ),
  mutation(
    "a PartitionID twice",
    set(`${modify}[2]/PartitionID`, "1"),
    /ModifyPartition: PartitionID "1" stands twice/,
  ),
  mutation(
    "a disk twice",
    (document) => addAt(document, `${pe}/DiskConfiguration`, structuredClone(at(document, disk))),
    /DiskConfiguration\/Disk: DiskID "0" stands twice/,
  ),
  mutation("an account twice", set(`${account}[2]/Name`, "BUILD"), /LocalAccount: Name "build" stands twice/),
  mutation("an account without a name", remove(`${account}[2]/Name`), /LocalAccount\/Name: missing/),
  mutation("a command without a Path", remove(`${command}[2]/Path`), /RunSynchronousCommand\/Path: missing/),
  mutation("an image without a value", remove(`${metaData}/Value`), /MetaData\/Value: missing/),
  mutation("an interface without a name", remove(`${tcpip}/Identifier`), /Interface\/Identifier: missing/),
  mutation(
    "a driver folder without a Path",
    (document) => {
      at(document, `${drivers}[1]`).children = [];
    },
    /PathAndCredentials: an empty element/,
  ),
  mutation(
    "an item without wcm:action",
    mark(account, "wcm:action", undefined),
    /LocalAccount: an item of a list without wcm:action="add"/,
  ),
  mutation(
    "an unknown wcm:action",
    mark(account, "wcm:action", "insert"),
    /LocalAccount: wcm:action has to be add, modify or remove/,
  ),
  mutation(
    "wcm:action where there is no list",
    mark(`${shell}/OOBE`, "wcm:action", "add"),
    /OOBE: wcm:action on a setting that is not an item/,
  ),
  mutation(
    "an item without its key",
    mark(drivers, "wcm:keyValue", undefined),
    /PathAndCredentials: an item with a key without wcm:keyValue/,
  ),
  mutation(
    "a key twice",
    mark(`${drivers}[2]`, "wcm:keyValue", "1"),
    /PathAndCredentials: wcm:keyValue "1" stands twice/,
  ),
  mutation(
    "a key where there is none",
    mark(account, "wcm:keyValue", "1"),
    /LocalAccount: wcm:keyValue on a setting that has no key/,
  ),
  mutation(
    "children in another order than documented",
    (document) => {
      at(document, tcpip).children.reverse();
    },
    /Interface: children have to stand in the order Ipv4Settings/,
  ),
];
