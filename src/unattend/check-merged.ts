import type { Issue } from "../errors.ts";
import { answerComponents } from "./answer-file.ts";
import type { ExtraFault } from "./extra-settings.ts";
import type { AnswerSettings, ExtraSetting } from "./settings.ts";
import { toDocument } from "./to-document.ts";
import { checkAnswerFile } from "./validate.ts";

/**
 * What the answer file's own check says once the extra settings are in it: an item that lacks something, or a setting that
 * the release does not know. Each at the extra setting that it is about; where none is, at the first of them. Throws
 * ExtraSettingsConflict.
 */
export function checkMerged(settings: AnswerSettings): ExtraFault[] {
  const { architecture, extraSettings, family, firmware, product } = settings;
  if (extraSettings.length === 0 || family === "xp") return [];
  const document = toDocument(architecture, answerComponents(settings));
  const issues = checkAnswerFile(document, { architecture, family, firmware, product });
  return issues.map(({ path, message, hint }) => ({
    index: findCulprit({ path, message }, extraSettings),
    at: [],
    message: `gives an answer file that Setup would not take: ${path}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
  }));
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
