/** The name under which lists ask for a version of Windows; setup makes it up, and no list has a package of this name. */
export const windowsPackage = "_windows";

/** The version of that package on a Windows of this build number, as setup writes it: `10.0.19045`. */
export function windowsVersion(build: number): string {
  const kernel = kernels.find(([first]) => build >= first)?.[1] ?? "5.0";
  return `${kernel}.${build}`;
}

// The first build of each version of the kernel, new ones first.
const kernels = [
  [10240, "10.0"],
  [9600, "6.3"],
  [9200, "6.2"],
  [7600, "6.1"],
  [6000, "6.0"],
  [3790, "5.2"],
  [2600, "5.1"],
] as const;
