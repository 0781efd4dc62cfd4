import { testFaults } from "./faults.ts";

const text = "content";

testFaults([
  {
    title: "a file by its content and one from beside the spec",
    windows: {
      files: [
        { path: "a/b.txt", text: "" },
        { path: "a/c.txt", source: "../c.txt" },
      ],
    },
    faults: [],
  },
  {
    title: "a file with two contents, or none",
    windows: { files: [{ path: "a", text, source: "a" }, { path: "b" }] },
    faults: [
      'windows.files[0]: has to hold either source or text, got both for "a" (source copies a file that stands beside the spec; text is the content itself.)',
      'windows.files[1]: has to hold either source or text, got neither for "b" (source copies a file that stands beside the spec; text is the content itself.)',
    ],
  },
  {
    title: "a path of one machine only",
    windows: {
      files: ["/etc/hosts", "C:\\a", "~/a"].map((source, index) => ({ path: `a${index}`, source })),
    },
    faults: ["/etc/hosts", "C:\\a", "~/a"].map(
      (source, index) =>
        `windows.files[${index}].source: has to be relative to the spec, got ${JSON.stringify(source)}`,
    ),
  },
  {
    title: "a place that is taken, in whatever case",
    windows: {
      files: [
        { path: "a/b", text },
        { path: "A/B", text },
        { path: "a", text },
      ],
    },
    faults: [
      'windows.files[0].path: needs a folder where windows.files[2] is a file, got "a/b"',
      'windows.files[1].path: is the path of windows.files[0], too (case does not count), got "A/B"',
    ],
  },
  ...["../a", "/a", "a//b", "a\\b", "con.txt", "a b", "a.", ""].map((path) => ({
    title: `the path ${JSON.stringify(path)}`,
    windows: { files: [{ path, text }] },
    faults: [
      `windows.files[0].path: has to be a relative path with forward slashes, of letters, digits and . _ + -, no part of it a device's name, got ${JSON.stringify(path)}`,
    ],
  })),
]);
