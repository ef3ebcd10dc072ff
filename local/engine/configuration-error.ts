/** A project, stack or config value that cannot be used; the message tells the user why. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}
