import { number, type Row } from "./row.ts";

const headings = ["what", "median", "min", "max", "runs", "budget"] as const;

/** The rows as text for a person: one line each, and what it is compared with on lines of its own below. */
export function renderTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => ({ cells: cellsOf(row), below: [...(row.ratios ?? []), ...noteOf(row)] }));
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...lines.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const format = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        // Numbers stand under one another; words begin at the left.
        column === 0 || column === headings.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [
    format(headings),
    widths.map((width) => "-".repeat(width)).join("  "),
    ...lines.flatMap(({ cells, below }) => [format(cells), ...below.map((text) => `    ${text}`)]),
    "",
  ].join("\n");
}

/** How many of the budgets were met, in one sentence. */
export function renderVerdict(rows: readonly Row[]): string {
  const budgets = rows.flatMap(({ budget }) => (budget === undefined ? [] : [budget]));
  const met = budgets.filter((budget) => budget.met).length;
  return `${met} of ${budgets.length} budgets met`;
}

function cellsOf(row: Row): readonly string[] {
  const { median, min, max, runs } = row.summary;
  const unit = row.unit === "times" ? "x" : ` ${row.unit}`;
  const budget = row.budget === undefined ? "" : `${row.budget.text}: ${row.budget.met ? "met" : "MISSED"}`;
  return [row.what, `${number(median)}${unit}`, number(min), number(max), `${runs}`, budget];
}

function noteOf(row: Row): readonly string[] {
  return row.note === undefined ? [] : [row.note];
}
