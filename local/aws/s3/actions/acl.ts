import { aclsNotSupported, ownershipOf } from "../acl";
import type { Action } from "../action";
import { versioned } from "../action";
import { receiveText } from "../body/receive";
import type { Call } from "../call";
import { malformedXml, notImplemented } from "../errors";
import { requestedObject } from "../find-object";
import { versionHeader } from "../object-headers";
import { canonicalUserId, owner } from "../owner";
import { xmlReply } from "../reply";
import { elements, parseXml, renderXml, text } from "../xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl: Action = {
  permissions: () => ["s3:GetBucketAcl"],
  run: (call) => {
    call.environment.store.bucket(call.request.bucket);
    return xmlReply(ownersAcl(call));
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const getObjectAcl: Action = {
  permissions: versioned("s3:GetObjectAcl", "s3:GetObjectVersionAcl"),
  run: (call) => xmlReply(ownersAcl(call), versionHeader(call.bucket, requestedObject(call, true))),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl: Action = {
  permissions: () => ["s3:PutBucketAcl"],
  run: async (call) => {
    if (ownershipOf(call) === "BucketOwnerEnforced") {
      throw aclsNotSupported();
    }
    await requireOwnersAcl(call);
    return { status: 200 };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const putObjectAcl: Action = {
  permissions: versioned("s3:PutObjectAcl", "s3:PutObjectVersionAcl"),
  run: async (call) => {
    const headers = versionHeader(call.bucket, requestedObject(call));
    if (ownershipOf(call) === "BucketOwnerEnforced" && call.header("x-amz-acl") === undefined) {
      throw aclsNotSupported();
    }
    await requireOwnersAcl(call);
    return { status: 200, headers };
  },
};

/** An ACL in a header has been looked at; one in the body may be no other than there is. */
async function requireOwnersAcl(call: Call): Promise<void> {
  if (call.header("x-amz-acl") !== undefined) {
    return;
  }
  const document = parseXml(await receiveText(call), "AccessControlPolicy");
  const [list] = elements(document, "AccessControlList");
  if (!list) {
    throw malformedXml();
  }
  const ownerId = canonicalUserId(call.environment.account);
  const isOwners = elements(list, "Grant").every((grant) => {
    const [grantee = {}] = elements(grant, "Grantee");
    return text(grantee, "ID") === ownerId && text(grant, "Permission") === "FULL_CONTROL";
  });
  if (!isOwners) {
    throw notImplemented("grants to others in an ACL");
  }
}

/** The one ACL that there is: the account may do all. */
function ownersAcl({ environment: { account } }: Call): string {
  const grantee =
    'Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"';
  return renderXml("AccessControlPolicy", {
    Owner: owner(account),
    AccessControlList: { Grant: { [grantee]: owner(account), Permission: "FULL_CONTROL" } },
  });
}
