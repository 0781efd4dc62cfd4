import type { Issue } from "../errors.ts";
import { faultsOfCommand } from "./command-faults.ts";
import { findChildren } from "./find-settings.ts";
import type { XmlElement } from "./xml-element.ts";

/** Checks what the commands of all passes do, as far as a look at them tells. */
export function checkCommands(document: XmlElement): Issue[] {
  return findChildren(document, "settings").flatMap((block) => {
    const pass = block.attributes["pass"] ?? "";
    return block.children.flatMap((component) =>
      findCommands(component, `${pass}/${component.attributes["name"] ?? ""}`).flatMap(({ path, text }) =>
        faultsOfCommand(text, pass).map(({ message }) => ({
          path,
          message: `${message}, got ${shorten(text)}`,
        })),
      ),
    );
  });
}

interface Command {
  readonly path: string;
  readonly text: string;
}

function findCommands(element: XmlElement, above: string): Command[] {
  return element.children.flatMap((child) => {
    const path = `${above}/${child.name}`;
    if (/(^|\/)\w*synchronousCommand\/(Path|CommandLine)$/i.test(path)) return [{ path, text: child.text }];
    return findCommands(child, path);
  });
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}
