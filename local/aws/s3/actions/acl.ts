import type { Action } from "../action";
import { versioned } from "../action";
import type { Call } from "../call";
import { requestedObject } from "../find-object";
import { versionHeader } from "../object-headers";
import { owner } from "../owner";
import { xmlReply } from "../reply";
import { renderXml } from "../xml";

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

/** The one ACL that there is: the account may do all. */
function ownersAcl({ environment: { account } }: Call): string {
  const grantee =
    'Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"';
  return renderXml("AccessControlPolicy", {
    Owner: owner(account),
    AccessControlList: { Grant: { [grantee]: owner(account), Permission: "FULL_CONTROL" } },
  });
}
