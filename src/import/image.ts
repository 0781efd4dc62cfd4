import { type AnswerReader, textAt } from "./answer-reader.ts";
import { setup, shell } from "./components.ts";

/** How the file says which edition is installed. */
export interface ImportedImage {
  readonly index: number | undefined;
  readonly name: string | undefined;
  readonly productKey: string | undefined;
}

/** Image and key; a key in `specialize` activates, the one in `windowsPE` selects the edition. */
export function importImage(reader: AnswerReader): ImportedImage {
  const metaData = reader.takeAll(setup, "ImageInstall/OSImage/InstallFrom/MetaData").map((element) => ({
    key: textAt(element, "Key")?.toUpperCase(),
    value: textAt(element, "Value"),
  }));
  reader.takeAll(setup, "ImageInstall/OSImage/InstallFrom/Path");
  const of = (key: string): string | undefined => metaData.find((each) => each.key === key)?.value;
  const index = of("/IMAGE/INDEX");
  const description = of("/IMAGE/DESCRIPTION");
  if (description !== undefined && of("/IMAGE/NAME") === undefined) {
    reader.leave(
      "MetaData /IMAGE/DESCRIPTION",
      `is taken for a name, got ${JSON.stringify(description)}; casement media inspect shows the names`,
    );
  }
  const activating = reader.take(shell, "ProductKey");
  const selecting = reader.takeAll(setup, "UserData/ProductKey").map((element) => textAt(element, "Key"))[0];
  return {
    index: index !== undefined && /^[1-9]\d?$/.test(index) ? Number(index) : undefined,
    name: of("/IMAGE/NAME") ?? description,
    productKey: (selecting ?? activating)?.toUpperCase(),
  };
}
