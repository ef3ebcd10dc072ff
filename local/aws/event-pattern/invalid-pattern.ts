/** Why a text is no pattern of events. */
export class InvalidPattern extends Error {
  override readonly name = "InvalidPattern";
}
