import type { MediumArchitecture, MediumImage } from "./medium.ts";

/**
 * Windows XP and Server 2003 by the empty files at the medium's root that say what it is (the same that Setup looks for
 * when it asks for the CD; dockur/windows reads them, too; A86). Undefined where there are none.
 */
export function identifyLegacy(
  paths: readonly string[],
): { installFile: string; image: MediumImage } | undefined {
  const names = new Map(paths.map((path) => [path.toUpperCase(), path]));
  const setup = ["AMD64/TXTSETUP.SIF", "I386/TXTSETUP.SIF"].flatMap((name) => names.get(name) ?? []);
  const [installFile] = setup;
  const marker = markers.find(([name]) => names.has(name));
  if (installFile === undefined || !names.has("WIN51") || marker === undefined) return undefined;
  const [, name, editionId, architecture] = marker;
  return {
    installFile,
    image: {
      index: 1,
      name,
      displayName: null,
      description: null,
      editionId,
      installationType: name.includes("Server") ? "Server" : "Client",
      architecture,
      languages: [],
      defaultLanguage: null,
      // XP is NT 5.1; its 64-bit edition and Server 2003 are NT 5.2.
      build: name === "Windows XP Professional" || name === "Windows XP Home" ? 2600 : 3790,
      update: null,
      evaluation: false,
    },
  };
}

const markers: readonly (readonly [string, string, string, MediumArchitecture])[] = [
  ["WIN51AP", "Windows XP Professional x64", "Professional", "amd64"],
  ["WIN51IP", "Windows XP Professional", "Professional", "x86"],
  ["WIN51IC", "Windows XP Home", "Core", "x86"],
  ["WIN51AS", "Windows Server 2003 Standard x64", "ServerStandard", "amd64"],
  ["WIN51AA", "Windows Server 2003 Enterprise x64", "ServerEnterprise", "amd64"],
  ["WIN51AD", "Windows Server 2003 Datacenter x64", "ServerDatacenter", "amd64"],
  ["WIN51IS", "Windows Server 2003 Standard", "ServerStandard", "x86"],
  ["WIN51IA", "Windows Server 2003 Enterprise", "ServerEnterprise", "x86"],
  ["WIN51ID", "Windows Server 2003 Datacenter", "ServerDatacenter", "x86"],
  ["WIN51IB", "Windows Server 2003 Web", "ServerWeb", "x86"],
];
