/** One element of a parsed document; names keep their prefix (`wcm:action`), text is all character data in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}
