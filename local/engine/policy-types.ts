import type { Properties } from "../provider/resource";
import type { SourcePosition } from "./registered-resource";

/** What a violation of a policy leads to. */
export type EnforcementLevel = "advisory" | "mandatory" | "remediate" | "disabled";

/** How much harm a violation may do. */
export type Severity = "low" | "medium" | "high" | "critical";

/** A policy pack and its policies, as the pack describes itself. */
export interface PackInfo {
  /** The pack's folder, an absolute path. */
  dir: string;
  name: string;
  version: string;
  policies: readonly PolicyInfo[];
  /** The config that the pack brings along, by policy or `all`. */
  initialConfig: PackConfig;
}

/** One rule of a pack. */
export interface PolicyInfo {
  name: string;
  description: string;
  level: EnforcementLevel;
  /** JSON schemas of its config values, by name, and which of them must be given. */
  configSchema?: { properties: Properties; required: readonly string[] };
  severity?: Severity;
  /** How to put a violation right. */
  remediationSteps?: string;
  /** Where to read more. */
  url?: string;
  tags: readonly string[];
}

/** Config of a pack by policy; what is under `all` goes for every one. */
export type PackConfig = Readonly<Record<string, PolicyConfig>>;

/** Config of one policy. */
export interface PolicyConfig {
  /** Absent where the policy's own counts. */
  level?: EnforcementLevel;
  properties?: Properties;
}

/** What is wrong with a resource, or with the stack. */
export interface Violation {
  policy: string;
  level: EnforcementLevel;
  severity?: Severity;
  /** What the policy asks for, then what is wrong; may have several lines. */
  message: string;
  description: string;
  /** The resource that it is about. */
  urn: string;
  /** Where the program created the resource; absent where no file of the project did. */
  source?: SourcePosition;
}

/** A change that a policy made to a resource's inputs. */
export interface Remediation {
  policy: string;
  description: string;
  urn: string;
  /** The inputs after the change, in the form in which they travel. */
  inputs: Properties;
}
