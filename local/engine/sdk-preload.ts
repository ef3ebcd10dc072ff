import { join } from "node:path";
import { localFolder } from "../folder";

/**
 * Arguments of Node.js that make Pulumi's SDK quicker; otherwise it does the same. Of an argument
 * `--require` by itself the SDK would think that the program brings its own loader, and would leave
 * TypeScript in ES modules to that.
 */
export const quickSdk: readonly string[] = [
  `--require=${join(localFolder, "engine/sdk-preload.cjs")}`,
];

/** The same for processes that are over soon, such as those of programs: these are smaller, too. */
export const sdkPreload: readonly string[] = [
  // A seventh of what they take would be TurboFan's, and a tenth Maglev's, whose code comes too late to be of use.
  "--no-opt",
  "--invocation-count-for-maglev=2000",
  "--min-semi-space-size=16",
  "--max-semi-space-size=16",
  // More than most of them fill, so that they end before their old objects are looked through.
  "--initial-old-space-size=256",
  ...quickSdk,
];

/** Leaves the compiler out of the process of a policy pack. */
export const compiledPack: readonly string[] = [
  `--require=${join(localFolder, "engine/compiled-pack.cjs")}`,
];

/** Lets a program go on with the answers of functions that nobody here can answer. */
export const unknownAnswers: readonly string[] = [
  `--require=${join(localFolder, "engine/unknown-answers.cjs")}`,
];
