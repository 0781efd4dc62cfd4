/**
 * Descriptions of WIMs, modelled on what is publicly known of Microsoft's media (lists that `wimlib-imagex info` printed, for
 * instance in xoap-io/xoap-packer-templates, and dism's in issues of AveYo/MediaCreationTool.bat). No file of Microsoft's
 * was copied, and nobody here has seen the media themselves.
 */
export interface ModelledImage {
  readonly name: string;
  readonly displayName?: string;
  readonly editionId: string;
  readonly installationType?: string;
  readonly arch?: number;
  readonly languages?: readonly string[];
  readonly defaultLanguage?: string;
  readonly build: number;
  readonly update: number;
}

/** The XML as a WIM holds it, in UTF-16LE with its byte order mark. */
export function wimXml(images: readonly ModelledImage[]): Buffer {
  return utf16(`<WIM><TOTALBYTES>4316382675</TOTALBYTES>${images.map(imageXml).join("")}</WIM>`);
}

/** Text in UTF-16LE with its byte order mark. */
export function utf16(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, "utf16le");
}

function imageXml(image: ModelledImage, at: number): string {
  const languages = image.languages ?? ["en-US"];
  const [major, minor] = image.build < 9000 ? [6, 1] : [10, 0];
  const tag = (name: string, text: string | number): string => `<${name}>${text}</${name}>`;
  return `<IMAGE INDEX="${at + 1}"><DIRCOUNT>22175</DIRCOUNT><FILECOUNT>96093</FILECOUNT><TOTALBYTES>14364627270</TOTALBYTES><HARDLINKBYTES>5719291177</HARDLINKBYTES><CREATIONTIME><HIGHPART>0x01D7D082</HIGHPART><LOWPART>0x0D0F4A2B</LOWPART></CREATIONTIME><LASTMODIFICATIONTIME><HIGHPART>0x01D7D083</HIGHPART><LOWPART>0xE8D14D8A</LOWPART></LASTMODIFICATIONTIME><WIMBOOT>0</WIMBOOT><WINDOWS>${[
    tag("ARCH", image.arch ?? 9),
    tag("PRODUCTNAME", "Microsoft® Windows® Operating System"),
    tag("EDITIONID", image.editionId),
    tag("INSTALLATIONTYPE", image.installationType ?? "Client"),
    "<SERVICINGDATA><GDRDUREVISION>20211103</GDRDUREVISION><PKEYCONFIGVERSION>10.0.20348.350;2016-01-01T00:00:00Z</PKEYCONFIGVERSION></SERVICINGDATA>",
    tag("PRODUCTTYPE", "WinNT"),
    `<LANGUAGES>${languages.map((language) => `${tag("LANGUAGE", language)}${tag("FALLBACK", "en-US").replace("<FALLBACK", `<FALLBACK LANGUAGE="${language}"`)}`).join("")}${tag("DEFAULT", image.defaultLanguage ?? languages[0] ?? "")}</LANGUAGES>`,
    `<VERSION>${tag("MAJOR", major)}${tag("MINOR", minor)}${tag("BUILD", image.build)}${tag("SPBUILD", image.update)}<SPLEVEL>0</SPLEVEL></VERSION>`,
    "<SYSTEMROOT>WINDOWS</SYSTEMROOT>",
  ].join(
    "",
  )}</WINDOWS>${tag("NAME", image.name)}${tag("DESCRIPTION", image.name)}${tag("FLAGS", image.editionId)}${tag("DISPLAYNAME", image.displayName ?? image.name)}${tag("DISPLAYDESCRIPTION", image.displayName ?? image.name)}</IMAGE>`;
}

/** Windows 7 SP1, 64 bits, retail: the images' names are in capitals. */
export const windows7: readonly ModelledImage[] = [
  "HomeBasic",
  "HomePremium",
  "Professional",
  "Ultimate",
].map((editionId) => ({
  name: `Windows 7 ${editionId.toUpperCase()}`,
  displayName: `Windows 7 ${editionId}`,
  editionId,
  build: 7601,
  update: 17514,
}));

/** Windows 10 22H2 as the media creation tool makes it (install.esd), whose WIM says 19041. */
export const windows10: readonly ModelledImage[] = (
  [
    ["Home", "Core"],
    ["Home N", "CoreN"],
    ["Home Single Language", "CoreSingleLanguage"],
    ["Education", "Education"],
    ["Education N", "EducationN"],
    ["Pro", "Professional"],
    ["Pro N", "ProfessionalN"],
  ] as const
).map(([name, editionId]) => ({ name: `Windows 10 ${name}`, editionId, build: 19041, update: 2965 }));

/** Windows 11 24H2 Enterprise for evaluation. */
export const windows11Evaluation: readonly ModelledImage[] = [
  { name: "Windows 11 Enterprise Evaluation", editionId: "EnterpriseEval", build: 26100, update: 1742 },
];

/** Windows Server 2022 for evaluation: what Setup shows is not what the images are called. */
export const server2022Evaluation: readonly ModelledImage[] = (
  [
    ["STANDARDCORE", "Standard Evaluation", "ServerStandardEval", "Server Core"],
    ["STANDARD", "Standard Evaluation (Desktop Experience)", "ServerStandardEval", "Server"],
    ["DATACENTERCORE", "Datacenter Evaluation", "ServerDatacenterEval", "Server Core"],
    ["DATACENTER", "Datacenter Evaluation (Desktop Experience)", "ServerDatacenterEval", "Server"],
  ] as const
).map(([name, shown, editionId, installationType]) => ({
  name: `Windows Server 2022 SERVER${name}`,
  displayName: `Windows Server 2022 ${shown}`,
  editionId,
  installationType,
  build: 20348,
  update: 587,
}));
