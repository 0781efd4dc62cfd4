import assert from "node:assert/strict";
import { test } from "node:test";
import { followAgent } from "../../../src/runtime/timeline/agent-steps.ts";
import { createRecorder } from "../../../src/runtime/timeline/recorder.ts";

const connecting = ["banner", "key-exchange", "login", "prepare", "map-drives"];
const connected = [
  "0-1 waits for sshd's first word",
  "1-2 exchanges keys",
  "2-3 logs in",
  "3-4 lays out the session's files",
  "4-5 maps the drives",
];

/** Steps of a request that says so much, one a millisecond, and then is done or not. */
function follow(said: readonly string[], end: "done" | "failed"): string[] {
  let nowMs = 0;
  const timeline = createRecorder(() => nowMs);
  {
    using steps = followAgent(timeline);
    for (const name of said) {
      nowMs += 1;
      steps.ended(name);
    }
    nowMs += 1;
    if (end === "done") steps.done();
  }
  return timeline
    .read("x")
    .steps.map(
      ({ name, startMs, endMs, outcome }) =>
        `${startMs}-${endMs} ${name}${outcome === "done" ? "" : `: ${outcome}`}`,
    );
}

for (const { title, said, end = "done", want } of [
  {
    title: "each step begins where the one before it ended",
    said: [...connecting, "command", "pack", "execute", "logout"],
    want: [
      ...connected,
      "5-6 runs the command",
      "6-7 packs the outputs",
      "7-8 unmaps the drives",
      "8-9 logs out",
    ],
  },
  {
    title: "a command that fails packs nothing",
    said: [...connecting, "command", "execute", "logout"],
    want: [...connected, "5-6 runs the command", "6-7 unmaps the drives", "7-8 logs out"],
  },
  {
    title: "steps whose ends nobody saw are one",
    said: [...connecting, "execute"],
    want: [...connected, "5-6 runs the command, unmaps the drives", "6-7 logs out"],
  },
  {
    title: "a name that is unknown or comes too late changes nothing",
    said: ["desktop", "banner", "banner", "key-exchange"],
    want: ["0-2 waits for sshd's first word", "2-4 exchanges keys", "4-5 logs in"],
  },
  {
    title: "a request that fails does so in the step that had begun",
    said: ["banner", "key-exchange"],
    end: "failed",
    want: ["0-1 waits for sshd's first word", "1-2 exchanges keys", "2-3 logs in: failed"],
  },
] satisfies readonly {
  title: string;
  said: readonly string[];
  end?: "failed";
  want: readonly string[];
}[]) {
  test(title, () => assert.deepEqual(follow(said, end), want));
}
