import {
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type {
  AnalyzeDiagnostic,
  AnalyzeResponse,
  AnalyzerInfo,
  RemediateResponse,
  Remediation as RemediationMessage,
} from "@pulumi/pulumi/proto/analyzer_pb";
import {
  analyzeRequest,
  analyzerResource,
  configureRequest,
  levelOf,
  packInfo,
  severityOf,
} from "./analyzer-messages";
import { PackConnection } from "./pack-connection";
import { reconcileConfig } from "./policy-config";
import type { ReconciledConfig } from "./policy-config";
import type { PolicyPack } from "./policy-pack";
import type { PackConfig, PackInfo, Remediation, Violation } from "./policy-types";
import { Empty } from "./protobuf";
import { providerOf } from "./provider-resource";
import type { KnownResources } from "./provider-resource";
import type { RegisteredResource } from "./registered-resource";
import type { StackConfig } from "./stack-config";
import { stackType } from "./urn";
import type { StackIdentity } from "./urn";

export interface AnalyzerOptions extends StackIdentity {
  pack: PolicyPack;
  /** Goes before the config that the pack brings along. */
  packConfig: PackConfig;
  config: StackConfig;
  dryRun: boolean;
}

/** A policy pack that runs, configured for a stack. */
export class Analyzer {
  readonly info: PackInfo;
  readonly #connection: PackConnection;
  readonly #remediates: boolean;

  private constructor(info: PackInfo, config: ReconciledConfig, connection: PackConnection) {
    this.info = info;
    this.#connection = connection;
    this.#remediates = Object.values(config).some(({ level }) => level === "remediate");
  }

  /**
   * Starts the pack.
   *
   * @throws ConfigurationError when it does not start, or does not accept its config.
   */
  static async start(options: AnalyzerOptions): Promise<Analyzer> {
    const { pack, packConfig } = options;
    const connection = await PackConnection.open({ ...options, ...pack });
    try {
      await connection.call((client, done) => client.configureStack(stackRequest(options), done));
      const message = await connection.call<AnalyzerInfo>((client, done) =>
        client.getAnalyzerInfo(new Empty(), done),
      );
      const info = packInfo(message, pack);
      const config = reconcileConfig(info.policies, info.initialConfig, packConfig);
      await connection.call((client, done) => client.configure(configureRequest(config), done));
      return new Analyzer(info, config, connection);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /**
   * The changes that policies of the level `remediate` make to a resource's inputs, in order, and an
   * advisory violation for each policy that could not run.
   */
  async remediate(
    resource: RegisteredResource,
    known: KnownResources,
  ): Promise<{ remediations: Remediation[]; violations: Violation[] }> {
    if (!this.#remediates) {
      // Policies of other levels are not asked, so that half of all calls would be in vain.
      return { remediations: [], violations: [] };
    }
    const request = analyzeRequest(resource, providerOf(resource, known));
    const response = await this.#connection.call<RemediateResponse>((client, done) =>
      client.remediate(request, done),
    );
    const list = response.getRemediationsList();
    return {
      remediations: list.flatMap((message) => remediation(message, resource)),
      violations: list
        .filter((message) => message.getDiagnostic() !== "")
        .map((message) => failedRemediation(message, resource)),
    };
  }

  /** What is wrong with a resource that is about to be created. */
  async analyze(resource: RegisteredResource, known: KnownResources): Promise<Violation[]> {
    const request = analyzeRequest(resource, providerOf(resource, known));
    const response = await this.#connection.call<AnalyzeResponse>((client, done) =>
      client.analyze(request, done),
    );
    return response.getDiagnosticsList().map((diagnostic) => violation(diagnostic, resource));
  }

  /** What is wrong with all resources together, at the end of a run. */
  async analyzeStack(resources: readonly RegisteredResource[]): Promise<Violation[]> {
    const known = new Map(resources.map((resource) => [resource.urn, resource]));
    const request = new AnalyzeStackRequest().setResourcesList(
      resources.map((resource) => analyzerResource(resource, providerOf(resource, known))),
    );
    const response = await this.#connection.call<AnalyzeResponse>((client, done) =>
      client.analyzeStack(request, done),
    );
    const stack = resources.find(({ type }) => type === stackType);
    return response
      .getDiagnosticsList()
      .map((diagnostic) => violation(diagnostic, known.get(diagnostic.getUrn()) ?? stack));
  }

  /** Ends the pack's process. */
  async stop(): Promise<void> {
    await this.#connection.close();
  }
}

function stackRequest({ project, stack, config, dryRun }: AnalyzerOptions) {
  const request = new AnalyzerStackConfigureRequest()
    .setOrganization("organization")
    .setProject(project)
    .setStack(stack)
    .setDryRun(dryRun)
    .setConfigSecretKeysList([...config.secretKeys]);
  for (const [key, value] of Object.entries(config.values)) {
    request.getConfigMap().set(key, value);
  }
  return request;
}

function violation(
  diagnostic: AnalyzeDiagnostic,
  resource: RegisteredResource | undefined,
): Violation {
  return {
    policy: diagnostic.getPolicyname(),
    level: levelOf(diagnostic.getEnforcementlevel()),
    severity: severityOf(diagnostic.getSeverity()),
    message: diagnostic.getMessage().trimEnd(),
    description: diagnostic.getDescription(),
    urn: resource?.urn ?? diagnostic.getUrn(),
    source: resource?.source,
  };
}

function remediation(message: RemediationMessage, { urn }: RegisteredResource): Remediation[] {
  const inputs = message.getProperties()?.toJavaScript();
  const policy = message.getPolicyname();
  return inputs ? [{ policy, description: message.getDescription(), urn, inputs }] : [];
}

function failedRemediation(
  message: RemediationMessage,
  { urn, source }: RegisteredResource,
): Violation {
  return {
    policy: message.getPolicyname(),
    level: "advisory",
    message: message.getDiagnostic(),
    description: message.getDescription(),
    urn,
    source,
  };
}
