import data from "./reference.json" with { type: "json" };

/** What Microsoft's reference says of one setting; src/unattend/README.md says where it comes from. */
export interface SettingReference {
  /** string, boolean, integer, enum or container. */
  readonly type: string;
  /** Where the setting is valid; the component's passes where it is absent. */
  readonly passes?: readonly string[];
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly emptyAllowed?: boolean;
  /** Takes wcm:action="add". */
  readonly listItem?: boolean;
  /** Takes wcm:keyValue, unique in its list. */
  readonly keyValue?: boolean;
  /** Documented order of the children. */
  readonly childOrder?: readonly string[];
  /** The first family that knows it; all from 7 on where it is absent. */
  readonly since?: string;
}

export interface ComponentReference {
  readonly name: string;
  readonly passes: readonly string[];
  /** Children by path, such as `OOBE/ProtectYourPC`; names are compared without case. */
  find(path: string): { readonly path: string; readonly setting: SettingReference } | undefined;
  /** Every setting of it. */
  readonly paths: readonly string[];
  /** Names of the settings directly below the path; the empty path is the component. */
  namesBelow(path: string): string[];
}

/** The component of that name (compared without case), or undefined. */
export function findComponent(name: string): ComponentReference | undefined {
  return components.get(name.toLowerCase());
}

/** All names of components, for suggestions. */
export function componentNames(): string[] {
  return [...components.values()].map((component) => component.name);
}

const known: Readonly<Record<string, Data>> = data;

const components = new Map(
  Object.entries(known).map(([name, { passes, settings }]) => {
    const paths = Object.keys(settings);
    const byPath = new Map(
      Object.entries(settings).map(([path, setting]) => [path.toLowerCase(), { path, setting }]),
    );
    const component: ComponentReference = {
      name,
      passes,
      paths,
      find: (path) => byPath.get(path.toLowerCase()),
      namesBelow(path) {
        const prefix = path === "" ? "" : `${path.toLowerCase()}/`;
        return paths
          .filter((known) => known.toLowerCase().startsWith(prefix))
          .map((known) => known.slice(prefix.length))
          .filter((rest) => rest !== "" && !rest.includes("/"));
      },
    };
    return [name.toLowerCase(), component] as const;
  }),
);

interface Data {
  readonly passes: readonly string[];
  readonly settings: Readonly<Record<string, SettingReference>>;
}
