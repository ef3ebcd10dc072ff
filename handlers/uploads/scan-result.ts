import type { GuardDutyScanResultNotificationEvent } from "aws-lambda";
import { type ObjectVersion, versionOf } from "../aws/versioned-objects";
import { ApiError } from "../http/errors";

/** A version that GuardDuty has looked at. */
export interface ScannedVersion {
  version: ObjectVersion;
  /** What GuardDuty says, such as `NO_THREATS_FOUND`. */
  status: string;
  /** Why no image is to be made of it. */
  refusal?: ApiError;
}

/**
 * The version that a scan's result is about. Only what was found to be clean is let through: what was not scanned, for
 * whichever reason, is refused, as is any word that GuardDuty may come to say.
 * https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html
 */
export function scanResult({ detail }: GuardDutyScanResultNotificationEvent): ScannedVersion {
  const { objectKey, versionId } = detail.s3ObjectDetails;
  const status: string = detail.scanResultDetails.scanResultStatus;
  const refusal = refusalOf(status);
  return { version: versionOf(objectKey, versionId), status, ...(refusal && { refusal }) };
}

function refusalOf(status: string): ApiError | undefined {
  switch (status) {
    case "NO_THREATS_FOUND":
      return undefined;
    case "THREATS_FOUND":
      return new ApiError(400, "MalwareFound", "A scan has found malware in the image's file.");
    default:
      return new ApiError(
        400,
        "MalwareScanFailed",
        "The image's file could not be scanned for malware.",
      );
  }
}
