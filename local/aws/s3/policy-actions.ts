import { listOf } from "../iam/policy-document";
import type { PolicyStatement } from "../iam/types";
import { nearest } from "../../nearest";

/** Actions on objects, in lower case; their resource has a key. */
const objectActions = namesOf(`
  abortmultipartupload bypassgovernanceretention deleteobject deleteobjecttagging deleteobjectversion
  deleteobjectversiontagging getobject getobjectacl getobjectattributes getobjectlegalhold
  getobjectretention getobjecttagging getobjecttorrent getobjectversion getobjectversionacl
  getobjectversionattributes getobjectversionforreplication getobjectversiontagging
  getobjectversiontorrent initiatereplication listmultipartuploadparts objectowneroverridetobucketowner
  putobject putobjectacl putobjectlegalhold putobjectretention putobjecttagging putobjectversionacl
  putobjectversiontagging replicatedelete replicateobject replicatetags restoreobject
  updateobjectencryption
`);

/** Actions on buckets, in lower case; their resource is the bucket's ARN. */
const bucketActions = namesOf(`
  createbucket createbucketmetadatatableconfiguration deletebucket
  deletebucketmetadatatableconfiguration deletebucketpolicy deletebucketwebsite
  getaccelerateconfiguration getanalyticsconfiguration getbucketabac getbucketacl getbucketcors
  getbucketlocation getbucketlogging getbucketmetadatatableconfiguration getbucketnotification
  getbucketobjectlockconfiguration getbucketownershipcontrols getbucketpolicy getbucketpolicystatus
  getbucketpublicaccessblock getbucketrequestpayment getbuckettagging getbucketversioning
  getbucketwebsite getencryptionconfiguration getintelligenttieringconfiguration
  getinventoryconfiguration getlifecycleconfiguration getmetricsconfiguration
  getreplicationconfiguration listbucket listbucketmultipartuploads listbucketversions listtagsforresource
  putaccelerateconfiguration putanalyticsconfiguration putbucketabac putbucketacl putbucketcors
  putbucketlogging putbucketnotification putbucketobjectlockconfiguration putbucketownershipcontrols
  putbucketpolicy putbucketpublicaccessblock putbucketrequestpayment putbuckettagging
  putbucketversioning putbucketwebsite putencryptionconfiguration
  putintelligenttieringconfiguration putinventoryconfiguration putlifecycleconfiguration
  putmetricsconfiguration putreplicationconfiguration tagresource untagresource
`);

/** Whether an action is misspelt: unlike S3, an action passes here that is near to none that is known. */
export function isMisspeltAction(action: string): boolean {
  const name = action.replace(/^s3:/i, "").toLowerCase();
  const known = [...objectActions, ...bucketActions];
  return !/[*?]/.test(name) && !known.includes(name) && nearest(name, known) !== undefined;
}

/** Whether each action of a statement of a bucket's policy applies to one of its resources at least. */
export function actionsFitResources(
  { Action, Resource }: PolicyStatement,
  bucketArn: string,
): boolean {
  if (Action === undefined || Resource === undefined) {
    return true;
  }
  const resources = listOf(Resource);
  const hasBucket = resources.some((arn) => !arn.startsWith(`${bucketArn}/`));
  const hasObjects = resources.some((arn) => arn !== bucketArn);
  return listOf(Action)
    .map((action) => action.replace(/^s3:/i, "").toLowerCase())
    .every(
      (name) =>
        (hasObjects || !objectActions.includes(name)) &&
        (hasBucket || !bucketActions.includes(name)),
    );
}

function namesOf(text: string): string[] {
  return text.trim().split(/\s+/);
}
