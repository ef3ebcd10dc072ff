// Runs `local/<name>.ts`: `node local/launch.mjs <name> [arguments]`.
//
// Bundled into one file first, unless that was done already: loading its three hundred modules one by
// one through a TypeScript loader would take a second and 45 MB more. Node.js keeps the source in memory:
// without comments and its map, it takes 2 MB of it instead of 9. Errors name lines of the
// TypeScript files with NODE_OPTIONS=--enable-source-maps; reading the map takes half a second.
import { createHash } from "node:crypto";
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire, enableCompileCache } from "node:module";
import { basename, join } from "node:path";
import process from "node:process";
import { clearInterval, setInterval } from "node:timers";

giveMemoryBack();
endWithNpm();
const [name] = process.argv.splice(2, 1);
// In this folder wherever the source is: what is bundled finds its neighbours from here.
const file = join(import.meta.dirname, `.${name.replaceAll("/", "-")}.cjs`);
const banner = `// Of the sources ${fingerprint()}`;
if (!existsSync(file) || !readFileSync(file, "utf8").startsWith(banner)) {
  await bundle();
}
// It lasts as long as the packages that it was compiled of, unless NODE_COMPILE_CACHE names another one.
enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/compiled-code"));
createRequire(import.meta.url)(file);

/**
 * Has the C library give back what is freed in pieces of a megabyte and more: what it keeps of a start
 * else, 70 MB, a run that serves for hours has no use for. Threads share two arenas: of one each they keep
 * 20 MB more once there was much to do. It reads its settings when a process begins, so this one begins
 * once more, which takes 20 ms; where Node.js cannot do that, it stays as it is.
 */
function giveMemoryBack() {
  const settings = {
    MALLOC_ARENA_MAX: "2",
    MALLOC_MMAP_THRESHOLD_: "1048576",
    MALLOC_TRIM_THRESHOLD_: "1048576",
  };
  const names = Object.keys(settings);
  if (names.every((each) => process.env[each] === settings[each])) {
    names.forEach((each) => delete process.env[each]);
  } else if (process.platform === "linux" && process.argv[2] === "main" && process.execve) {
    const args = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
    process.execve(process.execPath, args, { ...process.env, ...settings });
  }
}

/**
 * npm passes signals on to the shell in which it runs a script, but the shell to nobody. Whoever ends npm, as a
 * service manager or `kill $!` does, means what it runs, which has another parent from then on, or from before it
 * came to look.
 */
function endWithNpm() {
  const parent = process.ppid;
  const end = () => process.kill(process.pid, "SIGTERM");
  if (process.env.npm_lifecycle_event === undefined) {
    return;
  }
  if (!isOfNpm(parent)) {
    end();
  }
  const timer = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(timer);
      end();
    }
  }, 500).unref();
}

/**
 * Whether a process is npm, or something that runs in one of its scripts; else it has taken in what npm left. Where
 * that cannot be seen, the first process of a system is the one that takes others in.
 */
function isOfNpm(pid) {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    const names = ["npm", "pnpm", "yarn", basename(process.env.npm_execpath ?? "npm")];
    return (
      names.some((each) => command.startsWith(each) || command.includes(`/${each}`)) ||
      readFileSync(`/proc/${pid}/environ`, "utf8").includes("npm_lifecycle_event=")
    );
  } catch {
    return pid !== 1;
  }
}

/** Changes with the sources; theirs are size and time, as Make does it. */
function fingerprint() {
  const hash = createHash("sha256");
  const isOfTests = name.startsWith("tests/");
  for (const entry of readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })) {
    if (entry.endsWith(".ts") && (isOfTests || !entry.startsWith("tests"))) {
      const { size, mtimeMs } = statSync(join(import.meta.dirname, entry));
      hash.update(`${entry} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest("hex");
}

async function bundle() {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outfile: file,
    banner: { js: banner },
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node24",
    minifyWhitespace: true,
    sourcemap: "linked",
    sourcesContent: false,
    write: false,
    logLevel: "warning",
  });
  // Another launch at the same time must never read half a file.
  for (const { path, contents } of outputFiles) {
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, contents);
    renameSync(draft, path);
  }
}
