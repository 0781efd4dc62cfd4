/** A list of this many packages, each about 850 bytes, as Cygwin's own looks. */
export function bigList(count: number): string {
  const parts = ["release: cygwin\narch: x86_64\nsetup-timestamp: 1700000000\nsetup-version: 2.937\n"];
  for (let index = 0; index < count; index++) parts.push(onePackage(index));
  return parts.join("\n");
}

function onePackage(index: number): string {
  const hash = index.toString(16).padStart(8, "0").repeat(16);
  const name = `package-${index}`;
  const needs = [index >> 1, index >> 2].map((needed) => `package-${needed}`).join(", ");
  return `@ ${name}
sdesc: "Package number ${index}"
ldesc: "It is there to make the list long,
with a description of several lines: @ no, [prev] neither."
category: ${index % 100 === 0 ? "Base Libs" : "Libs"}
version: 1.${index}-1
install: x86_64/release/${name}/${name}-1.${index}-1.tar.xz ${1000 + index} ${hash}
source: x86_64/release/${name}/${name}-1.${index}-1-src.tar.xz ${2000 + index} ${hash}
depends2: cygwin (>= 3.4), ${needs}
[prev]
version: 1.${index}-0
install: x86_64/release/${name}/${name}-1.${index}-0.tar.xz ${900 + index} ${hash}
depends2: cygwin
`;
}
