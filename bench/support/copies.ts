import path from "node:path";

/** Variables with which a run's program makes its stack so often: see `copies.cjs`. */
export function copiesOf(copies: number): Record<string, string> {
  const preload = path.join(__dirname, "copies.cjs");
  return { NODE_OPTIONS: `--require=${JSON.stringify(preload)}`, STACK_COPIES: String(copies) };
}
