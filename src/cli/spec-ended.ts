/** What is said of a spec in TypeScript, which is a program, when it ended the process or never came back. */
export const specEnded =
  "the spec ended the process, or waits for something that never comes\nIts module has to export the spec and do no more.";
