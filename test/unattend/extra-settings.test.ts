import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { specSchema } from "../../src/spec/schema.ts";
import { ExtraSettingsConflict, mergeExtraSettings } from "../../src/unattend/extra-settings.ts";
import { isOrdered } from "../../src/unattend/extra-settings-order.ts";
import { owners } from "../../src/unattend/extra-settings-owners.ts";
import { componentNames, findComponent } from "../../src/unattend/reference.ts";
import type { ExtraSetting } from "../../src/unattend/settings.ts";
import {
  type Component,
  group,
  item,
  keyed,
  keyedItem,
  type Setting,
  value,
} from "../../src/unattend/tree.ts";
import { extra, shell } from "./extras.ts";

const deployment = "Microsoft-Windows-Deployment";
const command = "RunSynchronous/RunSynchronousCommand";

const emitted: readonly Component[] = [
  {
    pass: "specialize",
    name: deployment,
    settings: [
      group(
        "RunSynchronous",
        item("RunSynchronousCommand", value("Order", 1), value("Path", "a")),
        item("RunSynchronousCommand", value("Order", 2), value("Path", "b")),
      ),
    ],
  },
  { pass: "specialize", name: shell, settings: [value("TimeZone", "UTC"), value("ComputerName", "PC")] },
  {
    pass: "windowsPE",
    name: "Microsoft-Windows-PnpCustomizationsWinPE",
    settings: [group("DriverPaths", keyedItem("PathAndCredentials", "1", value("Path", "E:\\x")))],
  },
  {
    pass: "oobeSystem",
    name: shell,
    settings: [
      group("FirstLogonCommands", item("SynchronousCommand", value("CommandLine", "x"), value("Order", 1))),
      group("OOBE", value("HideEULAPage", true)),
      group("UserAccounts", group("LocalAccounts", item("LocalAccount", value("Name", "build")))),
    ],
  },
];

function settingsOf(
  components: readonly Component[],
  pass: string,
  name: string,
): readonly Setting[] | undefined {
  return components.find((component) => component.pass === pass && component.name === name)?.settings;
}

function conflicts(...extras: ExtraSetting[]): string[] {
  try {
    mergeExtraSettings(emitted, extras);
  } catch (error) {
    assert.ok(error instanceof ExtraSettingsConflict);
    return error.faults.map(
      ({ index, at, message, hint }) => `[${index}].${at.join(".")}: ${message} | ${hint ?? ""}`,
    );
  }
  return [];
}

describe("mergeExtraSettings", () => {
  test("leaves the components as they are where there is nothing to add", () => {
    assert.deepEqual(mergeExtraSettings(emitted, []), emitted);
  });

  test("adds a setting to the component that is there, and makes the component that is not", () => {
    const merged = mergeExtraSettings(emitted, [
      extra(shell.toLowerCase(), "specialize", "CopyProfile", true),
      extra("Microsoft-Windows-LUA-Settings", "offlineServicing", "EnableLUA", false),
    ]);
    assert.equal(merged.length, emitted.length + 1);
    assert.deepEqual(settingsOf(merged, "specialize", shell), [
      value("TimeZone", "UTC"),
      value("ComputerName", "PC"),
      value("CopyProfile", true),
    ]);
    const made = settingsOf(merged, "offlineServicing", "Microsoft-Windows-LUA-Settings");
    assert.deepEqual(made, [value("EnableLUA", false)]);
  });

  test("puts settings into the group that is there, by path or as a mapping", () => {
    const merged = mergeExtraSettings(emitted, [
      extra(shell, "oobeSystem", "OOBE/ProtectYourPC", 3),
      extra(shell, "oobeSystem", "oobe", { NetworkLocation: "Work" }),
    ]);
    assert.deepEqual(
      settingsOf(merged, "oobeSystem", shell)?.[1],
      group("OOBE", value("HideEULAPage", true), value("ProtectYourPC", 3), value("NetworkLocation", "Work")),
    );
  });

  test("appends items behind the others and goes on with their Order", () => {
    const merged = mergeExtraSettings(emitted, [
      extra(deployment, "specialize", command, [{ Path: "c" }, { Order: 4, Path: "d" }]),
      extra(deployment, "specialize", command, [{ Path: "e" }]),
    ]);
    assert.deepEqual(settingsOf(merged, "specialize", deployment), [
      group(
        "RunSynchronous",
        ...["a", "b", "c", "d", "e"].map((path, index) =>
          item("RunSynchronousCommand", value("Order", index + 1), value("Path", path)),
        ),
      ),
    ]);
  });

  test("starts at 1 where casement has no such item, in lists inside items too", () => {
    const merged = mergeExtraSettings(
      [],
      [
        extra("Microsoft-Windows-Setup", "windowsPE", "DiskConfiguration/Disk", [
          { DiskID: 1, CreatePartitions: { CreatePartition: [{ Size: 1 }, { Extend: true }] } },
        ]),
      ],
    );
    const partitions = group(
      "CreatePartitions",
      item("CreatePartition", value("Order", 1), value("Size", 1)),
      item("CreatePartition", value("Order", 2), value("Extend", true)),
    );
    assert.deepEqual(merged[0]?.settings, [
      group("DiskConfiguration", item("Disk", value("DiskID", 1), partitions)),
    ]);
  });

  test("gives values of a list the next number as their key, and keeps keys that are given", () => {
    const path = "DNSSuffixSearchOrder/DomainName";
    const merged = mergeExtraSettings(
      [],
      [
        extra("Microsoft-Windows-DNS-Client", "specialize", path, ["a", { keyValue: "5", value: "b" }, "c"]),
        extra(
          "Microsoft-Windows-PnpCustomizationsNonWinPE",
          "auditSystem",
          "DriverPaths/PathAndCredentials",
          [{ keyValue: "mine", Path: "E:\\y" }],
        ),
      ],
    );
    assert.deepEqual(merged[0]?.settings, [
      group(
        "DNSSuffixSearchOrder",
        keyed("DomainName", "1", "a"),
        keyed("DomainName", "5", "b"),
        keyed("DomainName", "6", "c"),
      ),
    ]);
    assert.deepEqual(merged[1]?.settings, [
      group("DriverPaths", keyedItem("PathAndCredentials", "mine", value("Path", "E:\\y"))),
    ]);
  });

  const drivers = "Microsoft-Windows-PnpCustomizationsWinPE";
  const rows: readonly (readonly [title: string, extra: ExtraSetting, want: RegExp])[] = [
    [
      "a value that a field of the spec says",
      extra(shell, "specialize", "timezone", "GMT Standard Time"),
      /^\[0\]\.value: casement sets .*Shell-Setup\/timezone itself, to "UTC" \| Use windows\.timeZone instead\.$/,
    ],
    [
      "a value that casement needs",
      extra(shell, "oobeSystem", "OOBE", { HideEULAPage: false }),
      /^\[0\]\.value\.HideEULAPage: casement sets .*OOBE\/HideEULAPage itself, to "true" \| Leave it out/,
    ],
    [
      "an item with the Order of casement's own",
      extra(deployment, "specialize", command, [{ Order: 2, Path: "c" }]),
      /^\[0\]\.value\.0: casement sets the item with Order "2" of .*RunSynchronousCommand itself \| Use windows\.commands\.specialize/,
    ],
    [
      "an account of the same name",
      extra(shell, "oobeSystem", "UserAccounts/LocalAccounts/LocalAccount", [{ Name: "BUILD" }]),
      /the item with Name "build" of .* itself \| Use windows\.accounts/,
    ],
    [
      "an item with the key of casement's own",
      extra(drivers, "windowsPE", "DriverPaths/PathAndCredentials", [{ keyValue: "1", Path: "F:\\" }]),
      /the item with keyValue "1" of .* itself \| Use windows\.drivers/,
    ],
    [
      "an item of a list that has to stay as it is",
      extra(shell, "oobeSystem", "FirstLogonCommands/SynchronousCommand", [{ CommandLine: "y" }]),
      /^\[0\]\.value\.0: casement sets .*SynchronousCommand itself \| Use windows\.commands\.firstLogon/,
    ],
  ];
  for (const [title, subject, want] of rows) {
    test(`refuses ${title}, and names both`, () => {
      const found = conflicts(subject);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", want);
    });
  }

  test("refuses what two extra settings say, by the numbers of both, and finds all conflicts at once", () => {
    const found = conflicts(
      extra(shell, "specialize", "CopyProfile", true),
      extra(shell, "specialize", "TimeZone", "UTC"),
      extra(shell, "specialize", "copyprofile", false),
      extra(deployment, "specialize", command, [{ Order: 3, Path: "c" }]),
      extra(deployment, "specialize", command, [{ Order: 3, Path: "d" }]),
    );
    assert.equal(found.length, 3, found.join("\n"));
    assert.match(found[0] ?? "", /^\[1\]\.value: casement sets/);
    assert.match(found[1] ?? "", /^\[2\]\.value: windows\.extraSettings\[0\] sets .*copyprofile already/);
    assert.match(
      found[2] ?? "",
      /^\[4\]\.value\.0: windows\.extraSettings\[3\] sets the item with Order "3"/,
    );
  });

  test("knows every list of the reference whose items have an Order", () => {
    let lists = 0;
    for (const name of componentNames()) {
      const component = findComponent(name);
      for (const path of component?.paths ?? []) {
        if (component?.find(path)?.setting.listItem !== true) continue;
        lists += 1;
        const last = path.slice(path.lastIndexOf("/") + 1);
        assert.equal(isOrdered(last), component.find(`${path}/Order`) !== undefined, `${name}/${path}`);
      }
    }
    assert.ok(lists > 40, String(lists));
  });

  test("names fields that the spec has, for settings that the reference has", () => {
    for (const [path, field] of owners) {
      const [name = "", ...setting] = path.split("/");
      assert.ok(findComponent(name)?.find(setting.join("/")) !== undefined, path);
      let shape: unknown = specSchema;
      for (const key of field.split(".")) shape = childOf(shape, key);
      assert.ok(shape !== undefined, field);
    }
  });
});

function childOf(schema: unknown, key: string): unknown {
  const inner = unwrap(schema);
  const shape: unknown =
    typeof inner === "object" && inner !== null ? Reflect.get(inner, "shape") : undefined;
  return typeof shape === "object" && shape !== null ? Reflect.get(shape, key) : undefined;
}

function unwrap(schema: unknown): unknown {
  const method: unknown =
    typeof schema === "object" && schema !== null ? Reflect.get(schema, "unwrap") : undefined;
  return typeof method === "function" ? unwrap(Reflect.apply(method, schema, [])) : schema;
}
