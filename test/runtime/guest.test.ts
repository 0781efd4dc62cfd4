import assert from "node:assert/strict";
import { test } from "node:test";
import { createEchoFilter } from "../../src/runtime/guest.ts";

const event = (name: string, atSeconds: number) => ({ name, atSeconds, data: { guest: true } });

test("a restart is news once, as QEMU 10.0 and SeaBIOS told four of them, each twice", () => {
  const isNews = createEchoFilter();
  const times = [693.996, 694.065, 713.74, 713.791, 741.97, 742.023, 773.112, 773.16];
  const news = times.filter((at) => isNews(event("RESET", at)));
  assert.deepEqual(news, [693.996, 713.74, 741.97, 773.112]);
});

test("other events are always news", () => {
  const isNews = createEchoFilter();
  assert.deepEqual(
    ["SHUTDOWN", "SHUTDOWN", "RESET", "GUEST_PANICKED"].map((name) => isNews(event(name, 1))),
    [true, true, true, true],
  );
});

test("a restart after the host's clock was set back is news", () => {
  const isNews = createEchoFilter();
  assert.deepEqual(
    [5000, 100].map((at) => isNews(event("RESET", at))),
    [true, true],
  );
});
