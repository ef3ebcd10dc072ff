/**
 * Checks the types of all code and lints it. Most of either is finding out types, which is done once
 * here: ESLint gets the compiler's programs.
 */
import { dirname, join } from "node:path";
import { ESLint } from "eslint";
import * as ts from "typescript";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { UserError } from "../local/cli/user-error";

const root = dirname(__dirname);

/** What is compiled with options of its own. */
const projects = ["tsconfig.json", "views/tsconfig.json"];

const formatHost: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (file) => file,
  getCurrentDirectory: () => root,
  getNewLine: () => "\n",
};

async function checkCode(): Promise<number> {
  parseNoOptions("check:code", "Checks types and lints.", process.argv.slice(2));
  const programs = projects.map((file) => programOf(join(root, file)));
  const isTyped = checkTypes(programs);
  const isLinted = await lint(programs);
  return Number(!isTyped || !isLinted);
}

/** @throws UserError when the configuration of the compiler is not valid. */
function programOf(file: string): ts.Program {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new UserError(ts.formatDiagnostic(diagnostic, formatHost));
    },
  };
  const config = ts.getParsedCommandLineOfConfigFile(file, {}, host);
  if (!config) {
    throw new UserError(`${file} cannot be read.`);
  }
  const { fileNames, options, errors } = config;
  return ts.createProgram({
    rootNames: fileNames,
    options,
    configFileParsingDiagnostics: errors,
  });
}

/** Prints what the compiler finds. */
function checkTypes(programs: readonly ts.Program[]): boolean {
  const found = ts.sortAndDeduplicateDiagnostics(
    programs.flatMap((program) => ts.getPreEmitDiagnostics(program)),
  );
  if (found.length > 0) {
    console.log(ts.formatDiagnosticsWithColorAndContext(found, formatHost));
  }
  return found.length === 0;
}

/** Prints what ESLint finds, of which warnings are no failure. */
async function lint(programs: readonly ts.Program[]): Promise<boolean> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: {
      files: ["**/*.ts", "**/*.tsx", "**/*.mts"],
      languageOptions: { parserOptions: { projectService: false, programs } },
    },
  });
  const results = await eslint.lintFiles(["."]);
  const formatter = await eslint.loadFormatter("stylish");
  process.stdout.write(await formatter.format(results));
  return results.every(({ errorCount }) => errorCount === 0);
}

void runCommand(checkCode, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
