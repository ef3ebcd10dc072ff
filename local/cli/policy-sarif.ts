import { createHash } from "node:crypto";
import type { PolicyInfo, Severity, Violation } from "../engine/policy-types";
import { nameOf, typeOf } from "../engine/urn";
import type { CheckedStack } from "./policy-json";
import { sorted } from "./policy-report";

/** The middle of the range of scores that GitHub shows as the severity of the same name. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

/**
 * What a policy pack found, as a SARIF log. What cannot be judged before the stack is deployed is a
 * note, and why the program failed a notification.
 *
 * @param program the program's file, for what no file of the project is known to have caused.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function toSarif({ findings, errors }: CheckedStack, program: string) {
  const { pack, violations, undecided } = findings;
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: pack.name, version: pack.version, rules: pack.policies.map(ruleOf) },
        },
        invocations: [
          {
            executionSuccessful: errors.length === 0,
            toolExecutionNotifications: errors.map(({ message }) => ({
              level: "error",
              message: { text: message },
            })),
          },
        ],
        columnKind: "utf16CodeUnits",
        results: [
          ...sorted(violations).map((each) => resultOf(each, sarifLevel(each.level), program)),
          ...sorted(undecided).map((each) => resultOf(each, "note", program)),
        ],
      },
    ],
  };
}

function ruleOf({ name, description, level, severity, remediationSteps, url, tags }: PolicyInfo) {
  const help = remediationSteps ?? description;
  return {
    id: name,
    shortDescription: { text: description },
    fullDescription: { text: description },
    help: { text: help, markdown: url === undefined ? help : `${help}\n\n[Read more](${url})` },
    helpUri: url,
    defaultConfiguration: { level: sarifLevel(level) },
    properties: {
      // GitHub takes a rule for one of security, and shows its severity, only with this tag.
      tags: ["security", ...tags.filter((tag) => tag !== "security")],
      precision: "high",
      ...(severity && { "security-severity": securitySeverities[severity] }),
    },
  };
}

function resultOf(
  { policy, message, urn, source }: Violation,
  level: "error" | "warning" | "none" | "note",
  program: string,
) {
  return {
    ruleId: policy,
    level,
    message: { text: `${typeOf(urn)} ${nameOf(urn)}: ${message}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(source?.file ?? program) },
          region: { startLine: source?.line ?? 1 },
        },
        logicalLocations: [{ fullyQualifiedName: urn, name: nameOf(urn), kind: "resource" }],
      },
    ],
    // An alert stays the same one while lines move: it is about the resource.
    partialFingerprints: { primaryLocationLineHash: fingerprint(policy, urn) },
  };
}

function sarifLevel(level: Violation["level"]): "error" | "warning" | "none" {
  switch (level) {
    case "mandatory":
    case "remediate":
      return "error";
    case "advisory":
      return "warning";
    case "disabled":
      return "none";
  }
}

function fingerprint(policy: string, urn: string): string {
  return createHash("sha256").update(`${policy}\n${urn}`).digest("hex").slice(0, 32);
}
