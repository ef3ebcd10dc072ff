import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import type { Account } from "../aws/types";
import type { DiagnosticEvent } from "../engine/events";
import { checkState } from "../engine/check-state";
import { readPackConfig } from "../engine/policy-config";
import type { PackConfig } from "../engine/policy-types";
import { loadPolicyPack } from "../engine/policy-pack";
import { loadProject } from "../engine/project";
import type { Project } from "../engine/project";
import type { ResourceProvider } from "../engine/resource-provider";
import { isRefused, runChecked } from "../engine/run-checked";
import type { Checked, CheckedRunOptions } from "../engine/run-checked";
import { readStateFile } from "../engine/state-file";
import { PreviewProvider } from "../provider/preview-provider";
import { accountOf } from "./account";
import { Diagnostics } from "./diagnostics";
import { loadConfig } from "./load-config";
import { requireWritable, writeOutput } from "./output-file";
import { toJsonDocument } from "./policy-json";
import type { CheckedStack } from "./policy-json";
import { parsePolicyOptions } from "./policy-options";
import type { PolicyOptions } from "./policy-options";
import { printFindings } from "./policy-report";
import { toSarif } from "./policy-sarif";
import { Printer } from "./printer";
import type { Redactor } from "./redactor";
import type { RunSettings } from "./run";
import { runCommand } from "./run-command";
import type { CommandContext } from "./run-command";
import { interruptedExitCode } from "./shutdown";
import { StackRecords } from "./stack-records";
import { startAnalyzer } from "./start-analyzer";
import { startLocalCloud } from "./start-local-cloud";
import { issuerEnvironment } from "./start-local-issuer";

/**
 * Checks the program by a policy pack. What the program and the pack say goes to standard error, so
 * that standard output has the findings alone.
 *
 * @param signal stops it. Default: Ctrl-C.
 * @returns the exit code: 1 when a mandatory policy is violated, or after a failure.
 */
export function runPolicy(settings: RunSettings, signal?: AbortSignal): Promise<number> {
  return runCommand((context) => checkPolicies(settings, context), interruptedExitCode, signal);
}

async function checkPolicies(settings: RunSettings, context: CommandContext): Promise<number> {
  const options = parsePolicyOptions(settings.args);
  if (options.sarif !== undefined) {
    await requireWritable("--sarif", options.sarif);
  }
  const file = options.policyPackConfig;
  const packConfig = file === undefined ? {} : await readPackConfig(file);
  const project = await loadProject(options.cwd ?? settings.projectDir);
  if (options.state !== undefined) {
    return await checkStateFile(options.state, { options, project, packConfig }, context);
  }
  const { stack, preview } = options;
  const config = await loadConfig(project, options, context.redactor);
  const analyzer = startAnalyzer(
    {
      project: project.name,
      stack,
      config,
      dryRun: preview,
      pack: loadPolicyPack(options.policyPack),
      packConfig,
    },
    context.shutdown,
  );
  const diagnostics = new Diagnostics({ project: project.name, stack });
  const errors: DiagnosticEvent[] = [];
  const tell = (checked: Checked) => report({ ...checked, stack, preview, errors }, output);
  const stacks = new StackRecords(options.data);
  const output = { ...options, project, redactor: context.redactor };
  const provider = providerFor(preview, accountOf(config), settings, context);
  // The run is told why there is none, but perhaps only later.
  provider.catch(() => undefined);
  try {
    const run: CheckedRunOptions = {
      project,
      stack,
      config,
      // Nothing that is only judged asks an issuer for anything.
      environment: issuerEnvironment("http://127.0.0.1:1"),
      analyzer,
      provider,
      findStackOutputs: (other) => Promise.resolve(stacks.outputsOf(other)),
      dryRun: preview,
      judgeOnly: true,
      signal: context.signal,
      onFailure: tell,
      onEvent: (event) => {
        if (event.kind === "diagnostic") {
          diagnostics.add(event);
          errors.push(...(event.severity === "error" ? [event] : []));
        }
      },
    };
    const { result, findings } = await runChecked(run, (checked) => Promise.resolve(checked));
    await tell({ findings, resources: result.resources.length });
    return isRefused(findings) ? 1 : 0;
  } finally {
    diagnostics.print(new Printer(context.redactor.guard(process.stderr)));
  }
}

/** What of the command line is the same for all that can be checked. */
interface Setup {
  options: PolicyOptions;
  project: Project;
  packConfig: PackConfig;
}

/** The config is that of a stack only if one is named: the state may be of another project. */
async function checkStateFile(
  file: string,
  { options, project, packConfig }: Setup,
  context: CommandContext,
): Promise<number> {
  const { resources, secrets, ...identity } = await readStateFile(file);
  context.redactor.hide(secrets);
  const config = options.isStackGiven
    ? await loadConfig(project, options, context.redactor)
    : { values: {}, secretKeys: [], secrets: [] };
  const pack = loadPolicyPack(options.policyPack);
  const analyzer = await startAnalyzer(
    { ...identity, config, dryRun: false, pack, packConfig },
    context.shutdown,
  );
  const checked = await checkState(resources, analyzer);
  const output = { ...options, project, redactor: context.redactor };
  await report({ ...checked, stack: identity.stack, preview: false, errors: [] }, output);
  return isRefused(checked.findings) ? 1 : 0;
}

/** Without `--preview` a local cloud, which is removed afterwards, says what it would create. */
async function providerFor(
  preview: boolean,
  account: Account,
  { startCloud }: RunSettings,
  { shutdown }: CommandContext,
): Promise<ResourceProvider> {
  if (preview) {
    return new PreviewProvider(account);
  }
  const dataDir = await mkdtemp(join(tmpdir(), "policy-"));
  shutdown.add(() => rm(dataDir, { recursive: true }));
  const options = { port: 0, dataDir, account, notify: () => undefined };
  const { provider } = await startLocalCloud(startCloud, options, shutdown);
  return provider;
}

interface Output extends Pick<PolicyOptions, "json" | "sarif"> {
  project: Project;
  redactor: Redactor;
}

/**
 * Prints what was found, and writes it to the file that is asked for.
 *
 * @throws UserError when that cannot be written.
 */
async function report(
  checked: CheckedStack,
  { json, sarif, project, redactor }: Output,
): Promise<void> {
  const { findings, errors } = checked;
  const terminal = redactor.guard(process.stdout);
  if (json) {
    terminal.write(toJson(toJsonDocument(checked)));
  } else if (errors.length === 0 || findings.violations.length + findings.undecided.length > 0) {
    printFindings(findings, new Printer(terminal));
  }
  if (sarif !== undefined) {
    const log = toJson(toSarif(checked, programFile(project)));
    await writeOutput("--sarif", sarif, redactor.redact(log));
  }
}

/** Relative to the project's folder, with slashes. */
function programFile({ dir, programDir, entryPoint }: Project): string {
  // What Pulumi's Node.js runtime starts by default.
  const file = entryPoint === "." ? "index.ts" : entryPoint;
  return relative(dir, join(programDir, file)).replaceAll(sep, "/");
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
