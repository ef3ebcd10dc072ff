/** A file of the data folder is not as it was written. The message is one sentence that says how to go on. */
export class DamagedFileError extends Error {
  override readonly name = "DamagedFileError";

  /** @param reason what is wrong with it. */
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(
      `The local cloud's data cannot be read: ${file} is damaged, ${reason}. ` +
        "Put back a copy of the data folder, or give up what is in it: npm start -- --fresh.",
      options,
    );
  }
}
