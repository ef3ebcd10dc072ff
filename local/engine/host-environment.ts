import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * The host's environment without its AWS and Pulumi settings, for processes that run user code:
 * those settings are the stack's alone.
 */
export function hostEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/i.test(name));
  return {
    // Half of the time it takes to load @pulumi/aws is compilation. This is Node's own choice of a
    // folder for what `module.enableCompileCache()` keeps.
    NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"),
    ...Object.fromEntries(inherited),
  };
}
