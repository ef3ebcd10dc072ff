import type { Action } from "../action";
import { receiveText } from "../body/receive";
import type { Call } from "../call";
import { readOwnership } from "../bucket-documents";
import { bucketNotEmpty } from "../delete-bucket";
import { invalidArgument, S3Error } from "../errors";
import { readPageSize } from "../listing";
import { bucketArn } from "../notifications/configuration";
import { owner } from "../owner";
import { xmlReply } from "../reply";
import { checkBucketName } from "../store/bucket-names";
import type { BucketConfiguration } from "../store/configuration";
import { readNewBucketTags } from "../tags";
import type { Tags } from "../tags";
import { wholeSeconds } from "../whole-seconds";
import { elements, parseXml, renderXml, text } from "../xml";
import type { XmlElement } from "../xml";

const regionPattern = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets: Action = {
  permissions: () => ["s3:ListAllMyBuckets"],
  run: (call) => {
    const { account, store } = call.environment;
    const prefix = call.query.get("prefix") ?? "";
    const after = call.query.get("continuation-token") ?? "";
    const maxBuckets = readPageSize(call.query, "max-buckets");
    const isHere = [undefined, account.region].includes(readRegion(call));
    const buckets = store
      .all()
      .filter(({ name }) => isHere && name.startsWith(prefix) && name > after);
    const page = buckets.slice(0, maxBuckets);
    return xmlReply(
      renderXml("ListAllMyBucketsResult", {
        Owner: owner(account),
        Buckets: {
          Bucket: page.map(({ name, createdAt }) => ({
            Name: name,
            CreationDate: wholeSeconds(createdAt),
            BucketRegion: account.region,
            BucketArn: bucketArn(account, name),
          })),
        },
        Prefix: prefix === "" ? undefined : prefix,
        ContinuationToken: page.length < buckets.length ? page.at(-1)?.name : undefined,
      }),
    );
  },
};

/** @throws S3Error `InvalidArgument` for what can be no region. */
function readRegion(call: Call): string | undefined {
  const region = call.query.get("bucket-region") ?? undefined;
  if (region !== undefined && !regionPattern.test(region)) {
    throw invalidArgument(`Argument value ${region} is not a valid AWS Region`, "bucket-region");
  }
  return region;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket: Action = {
  permissions: (call) => [
    "s3:CreateBucket",
    ...(wantsObjectLock(call)
      ? ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"]
      : []),
    ...(call.header("x-amz-object-ownership") === undefined
      ? []
      : ["s3:PutBucketOwnershipControls"]),
  ],
  run: async (call) => {
    const { bucket: name } = call.request;
    const { account, store } = call.environment;
    checkBucketName(name);
    const document = await readDocument(call);
    checkLocation(call, document);
    const tags = readTags(document);
    if (tags) {
      call.authorize("s3:TagResource");
    }
    const headers = { location: `/${name}`, "x-amz-bucket-arn": bucketArn(account, name) };
    if (store.find(name)) {
      // The oldest region answers as it always has: what is there already was created.
      if (account.region === "us-east-1" && !tags) {
        return { status: 200, headers };
      }
      throw alreadyOwned(name);
    }
    const configuration = { ...requestedConfiguration(call), ...(tags && { tags }) };
    store.create(name, call.now).configure(configuration);
    return { status: 200, headers };
  },
};

function wantsObjectLock(call: Call): boolean {
  return call.header("x-amz-bucket-object-lock-enabled")?.toLowerCase() === "true";
}

function requestedConfiguration(call: Call): Partial<BucketConfiguration> {
  const ownership = call.header("x-amz-object-ownership");
  return {
    ...(wantsObjectLock(call) && { objectLock: {}, versioning: "Enabled" }),
    ...(ownership !== undefined && { ownership: readOwnership(ownership) }),
  };
}

function alreadyOwned(name: string): S3Error {
  return new S3Error(
    "BucketAlreadyOwnedByYou",
    "Your previous request to create the named bucket succeeded and you already own it.",
    409,
    { BucketName: name },
  );
}

async function readDocument(call: Call): Promise<XmlElement> {
  const body = call.header("content-length") === "0" ? "" : await receiveText(call);
  return body === "" ? {} : parseXml(body, "CreateBucketConfiguration");
}

/** The tags of a new bucket, if it is to have any. */
function readTags(document: XmlElement): Tags | undefined {
  const [set] = elements(document, "Tags");
  const tags = set && readNewBucketTags(set);
  return tags && Object.keys(tags).length > 0 ? tags : undefined;
}

function checkLocation(call: Call, document: XmlElement): void {
  const { region } = call.environment.account;
  const given = text(document, "LocationConstraint");
  if (given !== undefined && !isLocation(given)) {
    throw new S3Error(
      "InvalidLocationConstraint",
      "The specified location-constraint is not valid",
      400,
      { LocationConstraint: given },
    );
  }
  const location = given ?? "us-east-1";
  if (location !== region) {
    throw new S3Error(
      "IllegalLocationConstraintException",
      `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      400,
    );
  }
}

/** All regions but the first, whose buckets have no location. */
function isLocation(given: string): boolean {
  return given !== "us-east-1" && (given === "EU" || regionPattern.test(given));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket: Action = {
  permissions: () => ["s3:DeleteBucket"],
  run: (call) => {
    const { bucket } = call;
    if (!bucket.isEmpty) {
      throw bucketNotEmpty(bucket);
    }
    call.environment.store.delete(bucket);
    return { status: 204 };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket: Action = {
  permissions: () => ["s3:ListBucket"],
  run: (call) => ({
    status: 200,
    headers: {
      "content-type": "application/xml",
      "x-amz-access-point-alias": "false",
      "x-amz-bucket-arn": bucketArn(call.environment.account, call.bucket.name),
    },
  }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export const getBucketLocation: Action = {
  permissions: () => ["s3:GetBucketLocation"],
  run: (call) => {
    const { region } = call.environment.account;
    const constraint = region === "us-east-1" ? "" : region;
    return xmlReply(renderXml("LocationConstraint", constraint));
  },
};
