import { ToolError } from "../errors.ts";
import { run } from "../process/run.ts";
import { type Finding, finding } from "./finding.ts";

/**
 * Builds a few bytes in the sandbox, which open /dev/kvm where it is wanted: the one answer that is no inference. It leaves
 * them in the store until the next garbage collection. `nonce` makes it another build each time.
 */
export async function tryBuild(
  nix: string,
  { withKvm, nonce }: { readonly withKvm: boolean; readonly nonce: string },
): Promise<Finding> {
  const args = [
    "--extra-experimental-features",
    "nix-command",
    "build",
    "--no-link",
    "--print-build-logs",
    "--expr",
    expression(withKvm, nonce),
  ];
  try {
    await run({ file: nix, args }, { timeoutMs: 120_000 });
    return finding("build", "ok", withKvm ? "a sandboxed build opened /dev/kvm" : "a sandboxed build works");
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const said = error.message.split("\n").slice(1);
    // Nix has one for its sandbox, unless it was built without.
    if (/executing '\/bin\/sh': No such file/.test(error.message)) {
      return finding("build", "warning", "could not be tried: the sandbox has no /bin/sh");
    }
    const what = withKvm ? "a sandboxed build could not open /dev/kvm" : "a sandboxed build failed";
    return finding("build", "problem", what, ...said.map((line) => line.trim()));
  }
}

// `<>` opens for reading and writing, and would make a file where there is none.
function expression(withKvm: boolean, nonce: string): string {
  const script = withKvm ? "test -c /dev/kvm && exec 3<>/dev/kvm && echo opened >$out" : "echo built >$out";
  return `derivation {
    name = "casement-doctor";
    system = "x86_64-linux";
    builder = "/bin/sh";
    args = [ "-c" ${JSON.stringify(script)} ];
    requiredSystemFeatures = [ ${withKvm ? '"kvm"' : ""} ];
    nonce = ${JSON.stringify(nonce)};
  }`;
}
