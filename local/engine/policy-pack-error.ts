/** A policy pack could not finish its work; the message is what it said. */
export class PolicyPackError extends Error {
  override readonly name = "PolicyPackError";
}
