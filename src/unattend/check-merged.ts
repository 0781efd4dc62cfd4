import type { Issue } from "../errors.ts";
import { answerComponents } from "./answer-file.ts";
import { type ExtraFault, ExtraSettingsConflict } from "./extra-settings.ts";
import type { AnswerSettings, ExtraSetting } from "./settings.ts";
import { toDocument } from "./to-document.ts";
import type { Component } from "./tree.ts";
import { checkAnswerFile } from "./validate.ts";

/**
 * What is wrong with the extra settings once they are in the answer file: one that says what casement says already, and what
 * the answer file's own check finds: an item that lacks something, or a setting that the release does not know. Each at the
 * extra setting that it is about; where none is, at the first of them.
 */
export function checkMerged(settings: AnswerSettings): ExtraFault[] {
  const { architecture, extraSettings, family, firmware, product } = settings;
  if (extraSettings.length === 0 || family === "xp") return [];
  const components = mergedComponents(settings);
  if ("faults" in components) return components.faults;
  const document = toDocument(architecture, components);
  const issues = checkAnswerFile(document, { architecture, family, firmware, product });
  return issues.map(({ path, message, hint }) => ({
    index: findCulprit({ path, message }, extraSettings),
    at: [],
    message: `gives an answer file that Setup would not take: ${path}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
  }));
}

function mergedComponents(
  settings: AnswerSettings,
): readonly Component[] | { readonly faults: ExtraFault[] } {
  try {
    return answerComponents(settings);
  } catch (error) {
    if (error instanceof ExtraSettingsConflict) return { faults: [...error.faults] };
    throw error;
  }
}

function findCulprit({ path }: Issue, extras: readonly ExtraSetting[]): number {
  const place = path.replaceAll(/\[\d+\]/g, "").toLowerCase();
  const found = extras.findLastIndex((extra) => {
    const setting = `${extra.component}/${extra.path}`.toLowerCase();
    return (
      place.includes(setting) || setting.startsWith(place) || `${extra.pass}/${setting}`.startsWith(place)
    );
  });
  return Math.max(found, 0);
}
