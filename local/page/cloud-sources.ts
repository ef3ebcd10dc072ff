import type { DynamoDb } from "../aws/dynamodb/dynamodb";
import type { Iam } from "../aws/iam/iam";
import type { Principal } from "../aws/iam/types";
import type { S3 } from "../aws/s3/s3";
import type { PageSources } from "./sources";

/** The parts of a local cloud that the page looks into. */
export interface SourceServices {
  iam: Iam;
  dynamodb: DynamoDb;
  s3: S3;
}

/**
 * What the page shows of these services.
 *
 * @param principal in whose name it reads: the account's root.
 */
export function cloudSources(services: SourceServices, principal: Principal): PageSources {
  const { iam, dynamodb, s3 } = services;
  return {
    grants: () => iam.usage(),
    dynamodb: (operation, input) => dynamodb.perform(principal, operation, input),
    s3: (request) => s3.handle({ principal, headers: {}, ...request }),
  };
}
