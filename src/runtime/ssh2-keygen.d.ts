/** The part of ssh2 that makes keys; @types/ssh2 knows it as `utils`. */
declare module "ssh2/lib/keygen.js" {
  const keygen: Pick<typeof import("ssh2").utils, "generateKeyPairSync">;
  export default keygen;
}
