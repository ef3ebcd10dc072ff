import { AwsError } from "../../aws-error";

/**
 * Passes when a change is of what its caller has seen.
 *
 * @param asked the revision that it is to have. Default: any.
 * @throws AwsError `PreconditionFailedException`.
 */
export function requireRevision(asked: string | undefined, revisionId: string): void {
  if (asked !== undefined && asked !== revisionId) {
    throw new AwsError(
      "PreconditionFailedException",
      "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
      412,
    );
  }
}
