/** A request that is not let in: answered by a policy that denies, and no error of the function. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: string;

  /**
   * @param reason completes "The bearer token is not accepted:", such as `it has expired`. Goes to the
   * client, within JSON, and into the log: words of our own, never of the token.
   */
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}
