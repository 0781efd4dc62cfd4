import type { ReleaseId } from "./release-ids.ts";
import type { Architecture } from "./release.ts";

const evaluationCenter = "https://www.microsoft.com/evalcenter/download-windows";
const softwareDownload = "https://www.microsoft.com/software-download/windows";

interface Pages {
  /** For media that are not for evaluation; a page has the newest release of its kind only. */
  readonly retail?: string;
  readonly evaluation?: string;
  /** Retail media for arm64; of others for arm64 no page is known. */
  readonly arm64?: string;
}

const windows11: Pages = {
  retail: `${softwareDownload}11`,
  arm64: `${softwareDownload}11arm64`,
  evaluation: `${evaluationCenter}-11-enterprise`,
};

/**
 * Where Microsoft offers media to everybody. The addresses are those that quickemu's quickget, the UUP converter's read-me and
 * several hundred public repositories have (November 2026); nobody among the authors could open them.
 */
const pages: Readonly<Partial<Record<ReleaseId, Pages>>> = {
  "windows-8.1": { retail: `${softwareDownload}8ISO` },
  "windows-server-2012-r2": { evaluation: `${evaluationCenter}-server-2012-r2` },
  "windows-10-22h2": {
    retail: `${softwareDownload}10ISO`,
    evaluation: `${evaluationCenter}-10-enterprise`,
  },
  "windows-10-ltsc-2021": { evaluation: `${evaluationCenter}-10-enterprise` },
  "windows-server-2016": { evaluation: `${evaluationCenter}-server-2016` },
  "windows-server-2019": { evaluation: `${evaluationCenter}-server-2019` },
  "windows-11-23h2": windows11,
  "windows-11-24h2": windows11,
  "windows-11-25h2": windows11,
  "windows-11-ltsc-2024": { evaluation: `${evaluationCenter}-11-iot-enterprise-ltsc-eval` },
  "windows-server-2022": { evaluation: `${evaluationCenter}-server-2022` },
  "windows-server-2025": { evaluation: `${evaluationCenter}-server-2025` },
};

/** Microsoft's page for media of a release; null where subscribers and volume licensees alone get them. */
export function findMediaPage(
  release: ReleaseId,
  medium: { readonly architecture: Architecture; readonly evaluation: boolean },
): string | null {
  const { retail, arm64, evaluation } = pages[release] ?? {};
  if (medium.architecture === "arm64") return (medium.evaluation ? undefined : arm64) ?? null;
  return (medium.evaluation ? evaluation : retail) ?? null;
}
