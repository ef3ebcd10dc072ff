import { AwsError } from "../aws-error";
import type { Account } from "../types";
import { chunkVerifier } from "./sigv4-chunks";
import { sameSignature, sameText } from "./compare";
import { canonicalRequest, scopeText, sha256Hex, sign } from "./sigv4-canonical";
import { faultsOf, readClaim, readCredential, readDate } from "./sigv4-claim";
import type { SignatureClaim } from "./sigv4-claim";
import { basicIsoDate, dateOf, maxSkewSeconds } from "./sigv4-faults";
import type { SignatureFaults } from "./sigv4-faults";
import { signedPayloadHash } from "./sigv4-payload";
import type { IssuedKey, KeyLookup } from "./credential-store";
import type {
  ChunkVerifier,
  Principal,
  SignedForm,
  SignedRequest,
  UploadAuthenticator,
} from "./types";

/** What {@link SigV4} checks against. */
export interface SigV4Options {
  account: Account;
  keys: KeyLookup;
  clock: () => Date;
}

/**
 * Services whose requests may be signed for one region wherever the account is: those without regions, and those that
 * have there what goes with CloudFront.
 */
const globalServices: ReadonlySet<string> = new Set([
  ...["budgets", "cloudfront", "iam", "route53", "sts"],
  ...["acm", "wafv2"],
]);
const globalRegion = "us-east-1";

/**
 * Checks signatures of version 4: in headers, in presigned URLs, in browser forms and of the chunks
 * of a streamed upload. Version 2 and the asymmetric version 4A are refused.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */
export class SigV4 implements UploadAuthenticator {
  readonly #account: Account;
  readonly #keys: KeyLookup;
  readonly #clock: () => Date;

  constructor(options: SigV4Options) {
    this.#account = options.account;
    this.#keys = options.keys;
    this.#clock = options.clock;
  }

  authenticate(request: SignedRequest): Principal {
    const claim = readClaim(request);
    return claim ? this.#verify(claim, request).principal : { kind: "anonymous" };
  }

  verifyForm(form: SignedForm): Principal {
    const faults = faultsOf("s3", false);
    if (form.algorithm !== "AWS4-HMAC-SHA256") {
      throw faults.unsupported(form.algorithm);
    }
    const claim = {
      ...readCredential(form.credential, faults),
      date: readDate(form.date, faults),
      faults,
    };
    this.#checkScope(claim, "s3");
    const key = this.#keyOf({ ...claim, sessionToken: form.securityToken });
    const expected = sign(key.secretAccessKey, claim.scope, form.policy);
    if (!sameSignature(form.signature, expected)) {
      throw faults.mismatch({
        AWSAccessKeyId: claim.accessKeyId,
        StringToSign: form.policy,
        SignatureProvided: form.signature,
      });
    }
    return key.principal;
  }

  chunkVerifier(request: SignedRequest): ChunkVerifier {
    const claim = readClaim(request);
    if (!claim) {
      throw new AwsError("AccessDenied", "Access Denied", 403);
    }
    const key = this.#verify(claim, request);
    return chunkVerifier(claim, key.secretAccessKey);
  }

  #verify(claim: SignatureClaim, request: SignedRequest): IssuedKey {
    this.#checkScope(claim, request.service);
    const key = this.#keyOf(claim);
    this.#checkTime(claim, request.service);
    checkSignedHeaders(claim, request);
    const canonical = canonicalRequest(request, claim.signedHeaders, signedPayloadHash(request));
    const stringToSign = [
      "AWS4-HMAC-SHA256",
      claim.date,
      scopeText(claim.scope),
      sha256Hex(canonical),
    ].join("\n");
    const expected = sign(key.secretAccessKey, claim.scope, stringToSign);
    if (!sameSignature(claim.signature, expected)) {
      throw claim.faults.mismatch({
        AWSAccessKeyId: claim.accessKeyId,
        StringToSign: stringToSign,
        SignatureProvided: claim.signature,
        CanonicalRequest: canonical,
      });
    }
    return key;
  }

  #checkScope(
    claim: Pick<SignatureClaim, "scope" | "terminator" | "date" | "faults">,
    service: string,
  ): void {
    const { scope, faults } = claim;
    if (scope.date !== claim.date.slice(0, 8)) {
      throw faults.wrongScope("date", scope.date, claim.date.slice(0, 8));
    }
    const isGlobal = globalServices.has(service) && scope.region === globalRegion;
    if (scope.region !== this.#account.region && !isGlobal) {
      throw faults.wrongScope("region", scope.region, this.#account.region);
    }
    if (scope.service !== service) {
      throw faults.wrongScope("service", scope.service, service);
    }
    if (claim.terminator !== "aws4_request") {
      throw faults.wrongScope("terminator", claim.terminator, "aws4_request");
    }
  }

  #keyOf(claim: {
    accessKeyId: string;
    sessionToken?: string | undefined;
    faults: SignatureFaults;
  }): IssuedKey {
    const key = this.#keys.find(claim.accessKeyId);
    // A session's key without its token is, to AWS, a key that does not exist.
    if (!key || (key.sessionToken !== undefined && claim.sessionToken === undefined)) {
      throw claim.faults.unknownKey(claim.accessKeyId);
    }
    if (claim.sessionToken !== undefined && !sameText(claim.sessionToken, key.sessionToken ?? "")) {
      throw claim.faults.invalidToken();
    }
    if (key.expiration && key.expiration <= this.#clock()) {
      throw claim.faults.expiredToken();
    }
    return key;
  }

  #checkTime(claim: SignatureClaim, service: string): void {
    const now = this.#clock();
    const { expiresSeconds } = claim;
    const signedAt = dateOf(claim.date).getTime();
    const ends = signedAt + (expiresSeconds ?? maxSkewSeconds) * 1000;
    const tooEarly = signedAt - now.getTime() > maxSkewSeconds * 1000;
    if (now.getTime() <= ends && !tooEarly) {
      return;
    }
    if (service !== "s3" || expiresSeconds === undefined) {
      throw claim.faults.skewed(claim.date, basicIsoDate(now));
    }
    throw new AwsError(
      "AccessDenied",
      tooEarly ? "Request is not valid yet" : "Request has expired",
      403,
      {
        "X-Amz-Expires": String(expiresSeconds),
        Expires: new Date(ends).toISOString(),
        ServerTime: now.toISOString(),
      },
    );
  }
}

/** Every header that AWS acts on must be covered, or a copied request could be bent. */
function checkSignedHeaders(claim: SignatureClaim, request: SignedRequest): void {
  const signed = new Set(claim.signedHeaders);
  const needed = Object.keys(request.headers).filter((name) => name.startsWith("x-amz-"));
  const missing = ["host", ...needed].filter((name) => !signed.has(name));
  if (missing.length > 0) {
    throw claim.faults.unsignedHeaders(missing);
  }
}
