/**
 * The value of the environment variable `name`.
 *
 * @throws Error when it is unset or empty: the function fails at its start, not at a request.
 */
export function setting(settings: NodeJS.ProcessEnv, name: string): string {
  const value = settings[name];
  if (!value) {
    throw new Error(`The environment variable ${name} is not set.`);
  }
  return value;
}

/** Whether the environment variable `name` is `true`; what is unset is not. */
export function flagSetting(settings: NodeJS.ProcessEnv, name: string): boolean {
  return settings[name] === "true";
}

/**
 * The value of the environment variable `name` as a whole number from `least`.
 *
 * @throws Error when it is anything else.
 */
export function integerSetting(settings: NodeJS.ProcessEnv, name: string, least = 1): number {
  const value = Number(setting(settings, name));
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Error(`The environment variable ${name} is not a whole number from ${least}.`);
  }
  return value;
}
