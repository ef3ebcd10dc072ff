/** An origin that gave no response. */
export class OriginFailure extends Error {
  override readonly name = "OriginFailure";
  /** What the viewer gets: 502 without a connection or a whole response, 504 without one in time. */
  readonly status: 502 | 504;

  constructor(status: OriginFailure["status"], message: string) {
    super(message);
    this.status = status;
  }
}
