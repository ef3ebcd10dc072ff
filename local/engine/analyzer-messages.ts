import {
  AnalyzeRequest,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  ConfigureAnalyzerRequest,
  EnforcementLevel as Level,
  PolicyConfig as PolicyConfigMessage,
  PolicySeverity,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { AnalyzerInfo, PolicyInfo as PolicyMessage } from "@pulumi/pulumi/proto/analyzer_pb";
import type { ReconciledConfig } from "./policy-config";
import type { PolicyPack } from "./policy-pack";
import type { EnforcementLevel, PackConfig, PackInfo, PolicyInfo, Severity } from "./policy-types";
import { structOf } from "./properties";
import { isProviderType } from "./provider-resource";
import type { ProviderResource } from "./provider-resource";
import type { RegisteredResource } from "./registered-resource";
import { given } from "./rpc";

const levelNames: Readonly<Record<Level, EnforcementLevel>> = {
  [Level.ADVISORY]: "advisory",
  [Level.MANDATORY]: "mandatory",
  [Level.DISABLED]: "disabled",
  [Level.REMEDIATE]: "remediate",
};

const levels: Readonly<Record<EnforcementLevel, Level>> = {
  advisory: Level.ADVISORY,
  mandatory: Level.MANDATORY,
  disabled: Level.DISABLED,
  remediate: Level.REMEDIATE,
};

const severities: Readonly<Record<PolicySeverity, Severity | undefined>> = {
  [PolicySeverity.POLICY_SEVERITY_UNSPECIFIED]: undefined,
  [PolicySeverity.POLICY_SEVERITY_LOW]: "low",
  [PolicySeverity.POLICY_SEVERITY_MEDIUM]: "medium",
  [PolicySeverity.POLICY_SEVERITY_HIGH]: "high",
  [PolicySeverity.POLICY_SEVERITY_CRITICAL]: "critical",
};

export function levelOf(level: Level): EnforcementLevel {
  return levelNames[level];
}

export function severityOf(severity: PolicySeverity): Severity | undefined {
  return severities[severity];
}

/** The version in `PulumiPolicy.yaml` goes before the one that the pack states. */
export function packInfo(info: AnalyzerInfo, { dir, version }: PolicyPack): PackInfo {
  return {
    dir,
    name: info.getName(),
    version: version ?? info.getVersion(),
    policies: info.getPoliciesList().map(policyInfo),
    initialConfig: initialConfig(info),
  };
}

function policyInfo(policy: PolicyMessage): PolicyInfo {
  const schema = policy.getConfigschema();
  return {
    name: policy.getName(),
    description: policy.getDescription(),
    level: levelOf(policy.getEnforcementlevel()),
    configSchema: schema && {
      properties: schema.getProperties()?.toJavaScript() ?? {},
      required: schema.getRequiredList(),
    },
    severity: severityOf(policy.getSeverity()),
    remediationSteps: given(policy.getRemediationSteps()),
    url: given(policy.getUrl()),
    tags: policy.getTagsList(),
  };
}

/** An entry without a level arrives as advisory, here as with Pulumi: zero is the message's default. */
function initialConfig(info: AnalyzerInfo): PackConfig {
  return Object.fromEntries(
    [...info.getInitialconfigMap().entries()].map(([policy, config]) => [
      policy,
      {
        level: levelOf(config.getEnforcementlevel()),
        properties: config.getProperties()?.toJavaScript(),
      },
    ]),
  );
}

export function configureRequest(config: ReconciledConfig): ConfigureAnalyzerRequest {
  const request = new ConfigureAnalyzerRequest();
  for (const [policy, { level, properties }] of Object.entries(config)) {
    const message = new PolicyConfigMessage()
      .setEnforcementlevel(levels[level])
      .setProperties(structOf(properties));
    request.getPolicyconfigMap().set(policy, message);
  }
  return request;
}

/** A resource before it is created: its inputs. */
export function analyzeRequest(
  resource: RegisteredResource,
  provider: ProviderResource | undefined,
): AnalyzeRequest {
  return new AnalyzeRequest()
    .setType(resource.type)
    .setUrn(resource.urn)
    .setName(resource.name)
    .setProperties(structOf(resource.inputs))
    .setOptions(resourceOptions(resource))
    .setProvider(providerMessage(provider));
}

/** A resource at the end of a run: its outputs. */
export function analyzerResource(
  resource: RegisteredResource,
  provider: ProviderResource | undefined,
): AnalyzerResource {
  const { inputs, outputs = inputs, id, type } = resource;
  const message = new AnalyzerResource()
    .setType(resource.type)
    .setUrn(resource.urn)
    .setName(resource.name)
    // As with every provider that is made of a Terraform one, the id is among the outputs.
    .setProperties(
      structOf(id === undefined || isProviderType(type) ? outputs : { ...outputs, id }),
    )
    .setOptions(resourceOptions(resource))
    .setProvider(providerMessage(provider))
    .setParent(resource.parent ?? "")
    .setDependenciesList(resource.dependencies);
  for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
    if (urns.length > 0) {
      const dependencies = new AnalyzerPropertyDependencies().setUrnsList(urns);
      message.getPropertydependenciesMap().set(property, dependencies);
    }
  }
  return message;
}

function resourceOptions({ options, parent }: RegisteredResource): AnalyzerResourceOptions {
  return (
    new AnalyzerResourceOptions()
      .setProtect(options.protect)
      .setIgnorechangesList(options.ignoreChanges)
      .setDeletebeforereplace(options.deleteBeforeReplace ?? false)
      .setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined)
      .setAdditionalsecretoutputsList(options.additionalSecretOutputs)
      // A resource has the alias by which it was found in the stack's state, and here there is none.
      .setAliasesList([])
      .setCustomtimeouts(
        new AnalyzerResourceOptions.CustomTimeouts()
          .setCreate(secondsOf(options.customTimeouts.create))
          .setUpdate(secondsOf(options.customTimeouts.update))
          .setDelete(secondsOf(options.customTimeouts.delete)),
      )
      .setParent(parent ?? "")
  );
}

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** A duration such as `1h30m`; without one 0, which stands for the provider's default. */
function secondsOf(duration = ""): number {
  return [...duration.matchAll(/([\d.]+)(ms|h|m|s)/g)].reduce(
    (seconds, [, amount, unit = ""]) => seconds + Number(amount) * (unitSeconds[unit] ?? 0),
    0,
  );
}

function providerMessage(
  provider: ProviderResource | undefined,
): AnalyzerProviderResource | undefined {
  return (
    provider &&
    new AnalyzerProviderResource()
      .setType(provider.type)
      .setUrn(provider.urn)
      .setName(provider.name)
      .setProperties(structOf(provider.inputs))
  );
}
