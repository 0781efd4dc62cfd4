/** An edition in words that a spec and a medium share. */
export interface EditionWords {
  /** Such as `pro`, `enterprise ltsc` or `standard`. */
  readonly edition: string;
  /** A server without a desktop. */
  readonly core: boolean;
  readonly evaluation: boolean;
}

/** Of an edition's id in a spec, such as `Standard Core Evaluation`. */
export function wordsOfSpec(id: string): EditionWords {
  const words = id.toLowerCase().split(" ");
  const has = (word: string): boolean => words.includes(word);
  const rest = words.filter((word) => word !== "core" && word !== "evaluation").join(" ");
  return {
    edition: rest === "professional" ? "pro" : rest,
    core: has("core"),
    evaluation: has("evaluation"),
  };
}

/** Of an image: by its edition id (Microsoft's names), and for servers by what it installs. Undefined where it says nothing. */
export function wordsOfImage(image: {
  readonly editionId: string | null;
  readonly installationType: string | null;
  readonly evaluation: boolean;
}): EditionWords | undefined {
  if (image.editionId === null) return undefined;
  const id = image.editionId.toLowerCase().replace(/eval$/, "");
  const server = /^server(?<edition>[a-z]+?)(?<core>core)?$/.exec(id)?.groups;
  const { evaluation } = image;
  if (server !== undefined) {
    const core = server["core"] !== undefined || image.installationType?.toLowerCase() === "server core";
    return { edition: server["edition"] ?? "", core, evaluation };
  }
  return { edition: clients[id] ?? id, core: false, evaluation };
}

/** Whether both are the same edition, evaluation or not. */
export function sameEdition(a: EditionWords, b: EditionWords): boolean {
  return a.edition === b.edition && a.core === b.core;
}

/** As a spec writes it. */
export function showEdition(words: EditionWords): string {
  const capitals = words.edition.replace(/(?<first>^|\s)(?<letter>\w)/g, (found) => found.toUpperCase());
  const name = capitals.replace("Ltsc", "LTSC").replace("Iot", "IoT");
  return [name, ...(words.core ? ["Core"] : []), ...(words.evaluation ? ["Evaluation"] : [])].join(" ");
}

// Microsoft, "Windows Setup Edition Configuration" and the images of the media: the id is not the name that people know.
const clients: Readonly<Record<string, string>> = {
  core: "home",
  professional: "pro",
  enterprises: "enterprise ltsc",
  iotenterprises: "iot enterprise ltsc",
};
