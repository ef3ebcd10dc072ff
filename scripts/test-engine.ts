import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { findCommand } from "../local/cli/find-command";

/** What runs the program and the policy pack on the real engine, if there is a CLI: `npm run test:engine`. */
const root = dirname(__dirname);
const args = process.argv.slice(2);
const required = args.includes("--required");

if (findCommand("pulumi", join(root, "node_modules")) === undefined) {
  console.log(
    "There is no Pulumi CLI on the PATH, so nothing is tested on the real engine; " +
      "https://www.pulumi.com/docs/install/ says how to get it.",
  );
  process.exit(required ? 1 : 0);
}

const mocha = createRequire(__filename).resolve("mocha/bin/mocha.js");
const specs = args.filter((arg) => arg !== "--required");
const { status } = spawnSync(process.execPath, [mocha, ...specs], { cwd: root, stdio: "inherit" });
process.exit(status ?? 1);
