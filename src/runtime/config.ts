import { readFile } from "node:fs/promises";
import { type StageConfig, stageConfigSchema } from "../contract/stage-config.ts";
import { ToolError } from "../errors.ts";

/** Reads the JSON that Nix hands over; a ToolError lists every fault with its path. */
export async function loadStageConfig(file: string): Promise<StageConfig> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new ToolError(`stage configuration ${file} cannot be read`, { cause });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ToolError(`stage configuration ${file} is not JSON`, { cause });
  }
  const config = stageConfigSchema.safeParse(value);
  if (config.success) return config.data;
  const faults = config.error.issues.map(
    (issue) => `  ${issue.path.join(".") || "(document)"}: ${issue.message}`,
  );
  throw new ToolError(`stage configuration ${file} has faults\n${faults.join("\n")}`, {
    hint: "Runtime and Nix library have to come from the same version of Casement; 'casement generate' renews the folder.",
  });
}
