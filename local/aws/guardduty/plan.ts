import { AwsError } from "../aws-error";

/** A malware protection plan, as CreateMalwareProtectionPlan takes it. */
export interface PlanDefinition {
  /** 32 hexadecimal digits. */
  id: string;
  roleArn: string;
  bucket: string;
  /** Of the objects that are scanned, at most 5; none for all. */
  prefixes: readonly string[];
  /** Whether objects are tagged with what a scan has found. */
  tagsObjects: boolean;
  createdAt: Date;
  /** Of the plan itself. */
  tags: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-quotas-guardduty.html */
const maxPrefixes = 5;

/**
 * Checks what GuardDuty would refuse whatever else there is.
 *
 * @throws AwsError `BadRequestException`.
 */
export function checkPlan({ prefixes }: PlanDefinition): void {
  if (prefixes.length > maxPrefixes) {
    throw badRequest(`a plan has at most ${maxPrefixes} prefixes`);
  }
}

/** A refusal of GuardDuty's. */
export function badRequest(why: string): AwsError {
  return new AwsError("BadRequestException", `The request was rejected because ${why}.`);
}
