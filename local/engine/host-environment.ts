import { accessSync, constants, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { localFolder } from "../folder";

const checkout = dirname(localFolder);
/** Where tools keep what they can make again, so that it lasts as long as the checkout. */
const cacheFolder = join(checkout, "node_modules", ".cache");

/** Settings of AWS and Pulumi, but for those by which the SDK shows its own faults, such as leaked promises. */
const stackSetting = /^(?:AWS_|PULUMI_(?!DEBUG_))/i;

/**
 * The host's environment without its AWS and Pulumi settings, for processes that run user code:
 * those settings are the stack's alone.
 *
 * @param dir the folder of that code. What is compiled of it is kept for the next start.
 */
export function hostEnvironment(dir: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !stackSetting.test(name));
  return { ...compiledCode(dir), ...Object.fromEntries(inherited) };
}

/** Half of the time it takes to load @pulumi/aws is compilation. */
function compiledCode(dir: string): NodeJS.ProcessEnv {
  if (`${dir}${sep}`.startsWith(`${checkout}${sep}`) && isUsable(cacheFolder)) {
    return {
      // As `launch.mjs` has it.
      NODE_COMPILE_CACHE: join(cacheFolder, "compiled-code"),
      TS_NODE_CACHE_DIRECTORY: join(cacheFolder, "ts-node"),
    };
  }
  // This is Node's own choice of a folder for what `module.enableCompileCache()` keeps.
  return { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") };
}

function isUsable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    // Of somebody else, or on a disk that is only read.
    return false;
  }
}
