import { AwsError } from "../aws-error";
import type { Credentials } from "../iam/types";
import { notEmulated } from "../not-emulated";
import type { Account } from "../types";
import { CustomOrigin } from "./custom-origin";
import { OriginGroupClient } from "./origin-group";
import type { Policies } from "./policies";
import { S3Origin } from "./s3-origin";
import { signOriginRequest } from "./sign-origin-request";
import type { UnsignedRequest } from "./sign-origin-request";
import type {
  CustomOriginConfig,
  DistributionConfig,
  Headers,
  ObjectStore,
  Origin,
  OriginClient,
} from "./types";

/** What CloudFront signs its requests to function URLs with. */
export type SigningCredentials = (distributionArn: string) => Credentials;

/** What the origins of a distribution are made with. */
export interface OriginsContext {
  distributionArn: string;
  account: Account;
  policies: Policies;
  store: ObjectStore;
  credentials: SigningCredentials;
  clock: () => Date;
  /** Names the edge location in the `Via` header. */
  edge: string;
}

/** The origins and origin groups of one distribution, by the ids that behaviors name. */
export class Origins {
  readonly #byId = new Map<string, OriginClient>();
  readonly #servers: CustomOrigin[] = [];

  /** @throws AwsError for an origin access control that does not exist, or what is not emulated. */
  constructor({ origins, originGroups = [] }: DistributionConfig, context: OriginsContext) {
    for (const origin of origins) {
      this.#byId.set(origin.originId, this.#connect(origin, context));
    }
    for (const { originId, memberIds, failoverStatusCodes } of originGroups) {
      const [first = "", second = ""] = memberIds;
      const [primary, secondary] = [this.get(first), this.get(second)];
      this.#byId.set(originId, new OriginGroupClient(primary, secondary, failoverStatusCodes));
    }
  }

  /** @throws AwsError `NoSuchOrigin`. */
  get(originId: string): OriginClient {
    const origin = this.#byId.get(originId);
    if (origin === undefined) {
      const message = `No origin with the ID ${originId} exists in the distribution`;
      throw new AwsError("NoSuchOrigin", message, 404);
    }
    return origin;
  }

  /** Cuts the connections that nobody uses. */
  retire(): void {
    for (const server of this.#servers) {
      server.retire();
    }
  }

  /** Cuts all connections. */
  close(): void {
    for (const server of this.#servers) {
      server.close();
    }
  }

  #connect(origin: Origin, context: OriginsContext): OriginClient {
    const { custom } = origin;
    const access = context.policies.originAccess.find(origin.originAccessControlId);
    const originType = custom ? "lambda" : "s3";
    if (access && access.originType !== originType) {
      throw new AwsError(
        "InvalidOriginAccessControl",
        `The origin access control of ${origin.originId} is for the origin type ${access.originType}, but the origin is ${custom ? "a server" : "a bucket"}`,
      );
    }
    if (custom && access?.signingBehavior === "no-override") {
      throw notEmulated("the signing behavior no-override of requests to function URLs");
    }
    // Viewers' own signatures are never forwarded to a bucket here: `no-override` signs as `always`.
    const signed = access !== undefined && access.signingBehavior !== "never";
    if (!custom) {
      return new S3Origin({ ...context, origin, signed });
    }
    return this.#connectServer({ ...origin, custom }, signed, context);
  }

  #connectServer(
    origin: Origin & { custom: CustomOriginConfig },
    signed: boolean,
    context: OriginsContext,
  ): OriginClient {
    const server = new CustomOrigin({
      origin,
      custom: origin.custom,
      edge: context.edge,
      sign: signed ? signer(context) : undefined,
    });
    this.#servers.push(server);
    return server;
  }
}

/** Credentials are asked for again a while before they end. */
const renewMilliseconds = 5 * 60 * 1000;

function signer(context: OriginsContext): (request: UnsignedRequest) => Headers {
  const { credentials: ask, distributionArn, clock, account } = context;
  let credentials: Credentials | undefined;
  return (request) => {
    const now = clock();
    const ends = credentials?.expiration?.getTime() ?? 0;
    if (credentials === undefined || ends - now.getTime() < renewMilliseconds) {
      credentials = ask(distributionArn);
    }
    return signOriginRequest(request, { credentials, region: account.region, now });
  };
}
