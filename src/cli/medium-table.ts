import { showEdition, wordsOfImage } from "../media/edition-words.ts";
import type { Medium, MediumImage } from "../media/medium.ts";

/** What a medium holds as a table for people; a dash is what it does not say. */
export function mediumTable(medium: Medium): string {
  const rows = [columns, ...medium.images.map(toRow)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [
    `${medium.installFile} of ${JSON.stringify(medium.label)}${medium.channel === null ? "" : `, channel ${medium.channel}`}`,
    ...(medium.label.startsWith("STAND_IN_")
      ? ["This is casement's stand-in: whatever it calls itself, it is not Windows."]
      : []),
    "",
    ...lines,
    "",
  ].join("\n");
}

const columns = ["index", "name", "edition", "architecture", "languages", "build", "evaluation"] as const;

function toRow(image: MediumImage): readonly string[] {
  const words = wordsOfImage(image);
  const build = image.update === null ? image.build : `${image.build}.${image.update}`;
  const languages = image.languages.map((language) =>
    language === image.defaultLanguage && image.languages.length > 1 ? `${language} (default)` : language,
  );
  return [
    String(image.index),
    image.displayName === null ? image.name : `${image.name} (${image.displayName})`,
    words === undefined ? "-" : showEdition(words),
    image.architecture ?? "-",
    languages.join(", ") || "-",
    String(build ?? "-"),
    image.evaluation ? "yes" : "no",
  ];
}
