/** The program or one of its resources failed; why has been reported as diagnostics. */
export class RunFailed extends Error {
  override readonly name = "RunFailed";
}
