import { readFile } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { InternalError, SpecError } from "../../errors.ts";
import { baseOf } from "../../explain/base.ts";
import { linesOf } from "../../explain/effects.ts";
import { type Explanation, explainFile } from "../../explain/explain.ts";
import { filesOf } from "../../explain/other-files.ts";
import { didYouMean } from "../../text/nearest.ts";
import { loadManifest } from "../../writer/manifest-file.ts";
import { explanationJson } from "../explanation-json.ts";
import { type Excerpt, explanationText } from "../explanation-text.ts";
import type { Invocation } from "../invocation.ts";
import { findPlaces } from "../places.ts";
import { remark, reportJson, reportText, showPath } from "../report.ts";
import { resolvePlan } from "../resolve.ts";
import type { ExplainFlags } from "./explain-command.ts";

/** Prints which fields of the spec decide a generated file, or some lines of it; writes nothing. */
export async function explain(argument: string, flags: ExplainFlags, invocation: Invocation): Promise<void> {
  const places = findPlaces({ spec: flags.spec, out: flags.out }, invocation.cwd);
  const { loaded, spec, plan } = await resolvePlan(places);
  const { path, from, to } = readArgument(argument);
  const files = filesOf(spec, plan);
  const name = findName(path, [...files.keys()], { ...places, cwd: invocation.cwd });
  const file = `${showPath(places.outDir)}/${name}`;
  const sentence = files.get(name);
  if (sentence !== undefined) {
    return flags.json === true
      ? reportJson({ file, is: sentence })
      : reportText(`${file}\n    is ${sentence}\n`);
  }
  const password = (await loadManifest(places.outDir))?.password ?? null;
  const explanation = await explainFile(baseOf(loaded.document, spec, password), name);
  if (explanation === undefined) throw new InternalError(`${name} is generated and was not rendered`);
  const onDisk = await compareWithDisk(join(places.outDir, name), explanation);
  if (onDisk !== "same") remark(`${file} ${remarks[onDisk]}`);
  const excerpt = { file, path: name, explanation, ...linesWanted(file, explanation, { from, to }) };
  const source = { spec: showPath(places.spec), locate: loaded.locate };
  if (flags.json === true) reportJson({ ...explanationJson(excerpt, source), onDisk });
  else reportText(explanationText(excerpt, source));
}

const remarks = {
  missing: "is not there yet; this is what casement generate would write",
  differs: "is not what the spec says now, so its lines can have other numbers; run casement generate",
} as const;

interface Argument {
  readonly path: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

function readArgument(argument: string): Argument {
  const {
    path = "",
    from,
    to,
  } = /^(?<path>.*?)(?::(?<from>\d+)(?:-(?<to>\d+))?)?$/s.exec(argument)?.groups ?? {};
  const first = from === undefined ? undefined : Number(from);
  return { path, from: first, to: to === undefined ? first : Number(to) };
}

/** The file's name in the output folder. Throws SpecError for what is none that the spec generates. */
function findName(
  path: string,
  known: readonly string[],
  where: { readonly outDir: string; readonly spec: string; readonly cwd: string },
): string {
  const inside = relative(where.outDir, resolve(where.cwd, path));
  const isInside = !inside.startsWith("..") && !isAbsolute(inside);
  const names = [...(isInside ? [inside] : []), path.replace(/^\.\//, "")];
  const found = names.find((name) => known.includes(name));
  if (found !== undefined) return found;
  const hint = didYouMean(names[0] ?? path, known) ?? `It generates ${known.join(", ")}.`;
  const message = `is no file that ${showPath(where.spec)} generates`;
  throw new SpecError(path, [{ path: "", message, hint }]);
}

async function compareWithDisk(
  file: string,
  { lines }: Explanation,
): Promise<"same" | "differs" | "missing"> {
  const content = await readFile(file).catch(() => undefined);
  if (content === undefined) return "missing";
  const now = lines.map(({ text }) => text);
  return isDeepStrictEqual(linesOf(content), now) ? "same" : "differs";
}

/** The lines that are asked for, from 0 and without the last. Throws SpecError where the file has none of them. */
function linesWanted(
  file: string,
  { lines }: Explanation,
  { from, to }: Pick<Argument, "from" | "to">,
): Pick<Excerpt, "from" | "to"> {
  if (from === undefined || to === undefined) return { from: 0, to: lines.length };
  const fault = (message: string): SpecError => new SpecError(file, [{ path: "", message }]);
  if (from > to) throw fault(`the lines have to go up, got ${from}-${to}`);
  if (from < 1 || to > lines.length) {
    throw fault(`has the lines 1 to ${lines.length}, got ${from === to ? from : `${from}-${to}`}`);
  }
  return { from: from - 1, to };
}
