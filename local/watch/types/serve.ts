import { createRequire } from "node:module";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import type * as TypeScript from "typescript";
import { messageOf } from "../../message-of";
import { Check } from "./check";
import type { CheckReply, CheckRequest } from "./protocol";

/** Answers requests of the process that has started this one, until that has gone. */
export function serveChecks(): void {
  let check: Check | undefined;
  // Functions and what bundles them go first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  process.on("disconnect", () => process.exit());
  process.on("message", ({ programDir, entryPoints, changed }: CheckRequest) => {
    reply(() => {
      check ??= new Check(compilerOf(programDir), programDir, entryPoints);
      return check.errors(entryPoints, changed);
    });
  });
}

function reply(errors: () => ReturnType<Check["errors"]>): void {
  let message: CheckReply;
  try {
    message = { kind: "checked", errors: errors() };
  } catch (error) {
    message = {
      kind: "unavailable",
      reason: messageOf(error),
    };
  }
  process.send?.(message);
}

/** @throws Error when the program has no compiler, or one that other programs cannot use. */
function compilerOf(programDir: string): typeof TypeScript {
  const compiler = createRequire(join(programDir, "index.js"))("typescript") as Partial<
    typeof TypeScript
  >;
  if (compiler.createWatchProgram === undefined) {
    throw new Error(`TypeScript ${compiler.version ?? ""} can be used by its own command alone.`);
  }
  return compiler as typeof TypeScript;
}
