import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, symlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UserError } from "../../local/cli/user-error";

const projectDir = join(__dirname, "..", "..");

/** A checkout of the project. */
export interface Checkout {
  folder: string;
  /** Removes what was made for it. */
  remove(): Promise<void>;
}

/**
 * Another checkout to compare with.
 *
 * @param against a folder with a checkout whose packages are installed; or a revision of this
 * repository, of which one is made for the time being, with this checkout's packages.
 * @throws UserError when there is neither.
 */
export function otherCheckout(against: string): Checkout {
  return existsSync(join(against, "package.json"))
    ? { folder: resolve(against), remove: async () => Promise.resolve() }
    : worktreeOf(against);
}

function worktreeOf(revision: string): Checkout {
  const commit = commitOf(revision);
  const parent = mkdtempSync(join(tmpdir(), "darkroom-against-"));
  const folder = join(parent, "checkout");
  git("worktree", "add", "--detach", folder, commit);
  for (const packages of ["node_modules", "policy-pack/node_modules"]) {
    if (existsSync(join(projectDir, packages))) {
      symlinkSync(join(projectDir, packages), join(folder, packages));
    }
  }
  return {
    folder,
    remove: async () => {
      git("worktree", "remove", "--force", folder);
      await rm(parent, { recursive: true, force: true });
    },
  };
}

function commitOf(revision: string): string {
  try {
    return git("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  } catch {
    throw new UserError(
      `There is no checkout of the project in a folder ${revision}, nor such a revision. ` +
        "--against takes a folder whose packages are installed, or a branch, tag or commit.",
    );
  }
}

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: projectDir, encoding: "utf8" }).trim();
}
