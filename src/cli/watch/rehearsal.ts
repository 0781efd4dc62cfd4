/** The spec that a thread resolves before it is needed, so that all that this takes is loaded by then. */
export default { name: "rehearsal", windows: { release: "windows-11-24h2" } };
