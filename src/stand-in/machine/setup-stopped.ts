/** Setup stops here, as the real one would with a dialog; the message is the reason. */
export class SetupStopped extends Error {
  override readonly name = "SetupStopped";
}
