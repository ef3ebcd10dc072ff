import type { IncomingHttpHeaders } from "node:http";

/** Who makes a request, once its signature has been checked. */
export type Principal =
  | {
      kind: "role";
      /** ARN of the session: `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
      arn: string;
      roleArn: string;
    }
  | {
      kind: "service";
      /** Such as `apigateway.amazonaws.com`. */
      service: string;
      /** ARN of the resource on whose behalf it signed; `aws:SourceArn` of policies. */
      sourceArn?: string;
    }
  | { kind: "root"; /** `arn:aws:iam::<account>:root`. */ arn: string }
  | { kind: "anonymous" };

/** Credentials as the SDK takes them. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Only for the credentials of a role's session. */
  sessionToken?: string;
  /** Only for the credentials of a role's session: when they end. */
  expiration?: Date;
}

/** A policy document in IAM's JSON grammar. */
export interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: PolicyStatement | PolicyStatement[];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface PolicyStatement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: PolicyPrincipal;
  NotPrincipal?: PolicyPrincipal;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, ConditionValue | ConditionValue[]>>;
}

export type PolicyPrincipal = "*" | Record<string, string | string[]>;
export type ConditionValue = string | number | boolean;

/** Values of condition keys, such as `{"aws:SecureTransport": "true"}`. Keys ignore case. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** The question that a service asks before it acts. */
export interface AuthorizationRequest {
  principal: Principal;
  /** Such as `s3:GetObject`. */
  action: string;
  /** ARN of what is acted on, or `*` for actions without resource-level permissions. */
  resource: string;
  /** The policy that is attached to the resource, if any. */
  resourcePolicy?: PolicyDocument;
  /**
   * True where the resource's own policy must allow, as with KMS keys: identity policies count only
   * as far as it delegates to the account. Default false.
   */
  resourcePolicyDecides?: boolean;
  context?: RequestContext;
  /** Why the service asks, where the caller did not call this action: for the report of a refusal. */
  occasion?: string;
}

/** The answer, and why. */
export interface Decision {
  allowed: boolean;
  reason: "allow" | "explicit-deny" | "implicit-deny";
  /** Such as `statement "TlsOnly" of the resource's policy denies it`. */
  explanation: string;
  /** The statement that allows or denies; none where no statement allows. */
  statement?: StatementReference;
  /** Where the statement stands that denies, or the one that would have to allow is missing. */
  policyType?: "identity-based" | "resource-based" | "permissions boundary";
}

/** One statement of one policy. */
export interface StatementReference {
  /** Name of a policy of the principal's, or `the resource's policy`. */
  policy: string;
  /** Its `Sid`, or its place in the document, starting at 1. */
  statement: string;
}

export interface Authorizer {
  authorize(request: AuthorizationRequest): Decision;
}

/** An HTTP request whose signature is to be checked. */
export interface SignedRequest {
  method: string;
  /** Path and query exactly as received, still percent-encoded. */
  url: string;
  headers: IncomingHttpHeaders;
  /** The service in the credential scope, such as `s3` or `dynamodb`. */
  service: string;
  /**
   * Lower-case hex SHA-256 of the body. S3 leaves it out: it signs the value of
   * `x-amz-content-sha256` and compares that with the body itself.
   */
  bodySha256?: string;
}

/** Checks signatures (SigV4 in headers or in a presigned URL). */
export interface Authenticator {
  /**
   * @returns who signed, or the anonymous principal when nothing is signed at all.
   * @throws AwsError `SignatureDoesNotMatch`, `InvalidAccessKeyId`, `AccessDenied` (expired), … in
   * the words of AWS.
   */
  authenticate(request: SignedRequest): Principal;
}

/** Checks the signatures of S3's uploads as well. */
export interface UploadAuthenticator extends Authenticator {
  /**
   * Checks the signature of a browser's form upload to S3; the conditions and the expiration of the
   * policy are the caller's to check.
   *
   * @throws AwsError as {@link Authenticator.authenticate} does.
   */
  verifyForm(form: SignedForm): Principal;
  /**
   * For an S3 upload whose `x-amz-content-sha256` is `STREAMING-AWS4-HMAC-SHA256-PAYLOAD` or its
   * `-TRAILER` form. Checks the request's own signature as well.
   */
  chunkVerifier(request: SignedRequest): ChunkVerifier;
}

/** The fields of a form that sign it, as the browser sends them. */
export interface SignedForm {
  /** `x-amz-algorithm`. */
  algorithm: string;
  /** `x-amz-credential`. */
  credential: string;
  /** `x-amz-date`. */
  date: string;
  /** `x-amz-security-token`. */
  securityToken?: string;
  /** The policy in base64, which is what is signed. */
  policy: string;
  /** `x-amz-signature`. */
  signature: string;
}

/** Checks the chunks of one streamed upload, in their order. */
export interface ChunkVerifier {
  /** @throws AwsError `SignatureDoesNotMatch`. The last chunk is empty and signed as well. */
  chunk(data: Uint8Array, signature: string): void;
  /**
   * @param text the trailing headers as signed: `<name>:<value>\n` each.
   * @throws AwsError `SignatureDoesNotMatch`.
   */
  trailer(text: string, signature: string): void;
}
