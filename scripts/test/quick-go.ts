/**
 * Settings by which programs that are written in Go, as esbuild and the compiler of types are, do not collect
 * garbage: they are over soon, and it would take up to half of their time. What the environment sets goes
 * before them. See https://go.dev/doc/gc-guide
 *
 * @param memoryLimit from where on they collect it all the same, such as `512MiB`.
 */
export function quickGo(memoryLimit: string): NodeJS.ProcessEnv {
  const { GOGC = "off", GOMEMLIMIT = memoryLimit } = process.env;
  return { GOGC, GOMEMLIMIT };
}
