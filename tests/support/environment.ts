/**
 * Keeps the variables of this process as they are now.
 *
 * @returns what makes them so again, in their place: an object in the place of `process.env` would no
 * longer be what the system and child processes have.
 */
export function keepEnvironment(): () => void {
  const kept = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) {
      if (!(name in kept)) {
        Reflect.deleteProperty(process.env, name);
      }
    }
    Object.assign(process.env, kept);
  };
}
