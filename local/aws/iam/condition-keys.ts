import { malformedPolicy } from "./malformed";

/**
 * Condition keys that the local services supply, in lower case.
 *
 * AWS accepts any key, and one that never has a value makes a condition fail or hold for ever. Here
 * an unknown key is an error on purpose: a policy must not seem enforced when it cannot be.
 */
const knownKeys = new Set([
  "aws:currenttime",
  "aws:epochtime",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalisawsservice",
  "aws:principalservicename",
  "aws:principaltype",
  "aws:referer",
  "aws:requestedregion",
  "aws:resourceaccount",
  "aws:securetransport",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceowner",
  "aws:useragent",
  "aws:userid",
  // Only users have it, of whom there are none; known because it is the usual policy variable.
  "aws:username",
  "cloudwatch:namespace",
  "dynamodb:attributes",
  "dynamodb:enclosingoperation",
  "dynamodb:fulltablescan",
  "dynamodb:leadingkeys",
  "dynamodb:returnconsumedcapacity",
  "dynamodb:returnvalues",
  "dynamodb:select",
  // Says which service manages a rule of its own; GuardDuty is the only one that has one here.
  "events:managedby",
  // Of actions that no local service has: nothing is decided by them here.
  "iam:associatedresourcearn",
  "iam:awsservicename",
  "iam:passedtoservice",
  "iam:permissionsboundary",
  "iam:policyarn",
  "kms:calleraccount",
  "kms:keyspec",
  "kms:keyusage",
  "kms:macalgorithm",
  "kms:requestalias",
  "kms:viaservice",
  "lambda:functionarn",
  "lambda:functionurlauthtype",
  "lambda:invokedviafunctionurl",
  "s3:authtype",
  "s3:delimiter",
  "s3:if-match",
  "s3:if-none-match",
  "s3:max-keys",
  "s3:object-lock-legal-hold",
  "s3:object-lock-mode",
  "s3:object-lock-remaining-retention-days",
  "s3:object-lock-retain-until-date",
  "s3:prefix",
  "s3:requestobjecttagkeys",
  "s3:signatureage",
  "s3:signatureversion",
  "s3:versionid",
  "s3:x-amz-acl",
  "s3:x-amz-content-sha256",
  "s3:x-amz-copy-source",
  "s3:x-amz-metadata-directive",
  "s3:x-amz-server-side-encryption",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
  "s3:x-amz-server-side-encryption-customer-algorithm",
  "s3:x-amz-storage-class",
  "s3:x-amz-website-redirect-location",
  "sns:endpoint",
  "sns:protocol",
]);

/** Families of keys, each of which goes on with a name of the user's, such as a tag's. */
const knownFamilies = new Set([
  "aws:principaltag/",
  "aws:requesttag/",
  "aws:resourcetag/",
  "kms:encryptioncontext:",
  "s3:existingobjecttag/",
  "s3:requestobjecttag/",
]);

/**
 * Claims of an identity provider's tokens, in trust policies, such as `id.example.com:sub`. Nobody takes
 * on a role by a token here.
 */
const claimOfToken = /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/[^:]+)?:(sub|aud|amr|azp|oaud)$/;

/**
 * @returns `key` in lower case.
 * @throws AwsError `MalformedPolicyDocument` when no local service supplies it.
 */
export function knownKey(key: string): string {
  const name = key.toLowerCase();
  const [, family = ""] = /^([a-z0-9-]+:[^/:]+[/:])./.exec(name) ?? [];
  if (!knownKeys.has(name) && !knownFamilies.has(family) && !claimOfToken.test(name)) {
    throw malformedPolicy(`The condition key "${key}" is not emulated.`);
  }
  return name;
}
