import { ConfigurationError } from "./configuration-error";

/**
 * The key with its namespace, which by default is the project. `<namespace>:config:<name>` is an old
 * form of `<namespace>:<name>`.
 *
 * @throws ConfigurationError when the key has more parts.
 */
export function namespaced(key: string, project: string): string {
  const parts = key.split(":");
  if (parts.length === 3 && parts[1] === "config") {
    return `${parts[0] ?? ""}:${parts[2] ?? ""}`;
  }
  if (parts.length > 2) {
    throw new ConfigurationError(
      `could not parse ${key} as a configuration key ` +
        "(configuration keys should be of the form `<namespace>:<name>`)",
    );
  }
  return parts.length === 1 ? `${project}:${key}` : key;
}
