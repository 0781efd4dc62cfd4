// npm run golden: writes test/golden/ anew from examples/. Look at the difference as at the product: it is what users get.
import about from "../package.json" with { type: "json" };
import { writeArtifacts } from "../src/writer/write.ts";
import { listExamples, renderExample } from "../test/support/examples.ts";

for (const example of listExamples()) {
  const report = await writeArtifacts(await renderExample(example), example.golden, {
    generator: about.version,
    password: null,
    force: true,
  });
  const { written, removed, unchanged } = report;
  process.stdout.write(
    `${example.name}: ${written.length} written, ${removed.length} removed, ${unchanged.length} unchanged\n`,
  );
}
