import { createHash } from "node:crypto";
import type { AppSpecContent } from "@aws-sdk/client-codedeploy";
import type { Move } from "./moves";

/**
 * What CodeDeploy is to do: move an alias from a version to another.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html#reference-appspec-file-structure-resources-lambda
 */
export function appSpecOf({ released, from, to }: Move): Required<AppSpecContent> {
  const content = [
    "version: 0.0",
    "Resources:",
    `  - ${JSON.stringify(released.operation)}:`,
    "      Type: AWS::Lambda::Function",
    "      Properties:",
    `        Name: ${JSON.stringify(released.function)}`,
    `        Alias: ${JSON.stringify(released.alias)}`,
    `        CurrentVersion: ${JSON.stringify(from)}`,
    `        TargetVersion: ${JSON.stringify(to)}`,
    "",
  ].join("\n");
  return { content, sha256: createHash("sha256").update(content).digest("hex") };
}
