import { createHash } from "node:crypto";
import { globalArn } from "../aws/arn";
import { checkFunctionCode } from "../aws/cloudfront/functions/check-code";
import type { Context } from "./cloudfront-context";
import { functionInputs } from "./cloudfront-inputs";
import { parse } from "./parse-inputs";
import type { PlannedResource } from "./resource";

/**
 * A CloudFront function. Distributions run its code once it is published; what is not published stays
 * in the stage DEVELOPMENT, where nothing runs it.
 */
export async function planFunction(context: Context): Promise<PlannedResource> {
  const { cloudFront, account, request } = context;
  const { code, publish, runtime, comment, tags = {} } = parse(functionInputs, request);
  await checkFunctionCode(code, runtime);
  const name = request.physicalName();
  const arn = globalArn(account, "cloudfront", `function/${name}`);
  const etag = etagOf(code, runtime);
  return {
    id: name,
    outputs: {
      publish,
      ...request.inputs,
      name,
      arn,
      etag,
      liveStageEtag: publish ? etag : "",
      status: publish ? "UNASSOCIATED" : "UNPUBLISHED",
      tagsAll: tags,
    },
    create: () => {
      cloudFront.createFunction({ name, arn, code, runtime, comment, etag, publish, tags });
    },
    remove: () => {
      cloudFront.deleteFunction(arn);
    },
  };
}

/** Such as `ETVPDKIKX0DER`, another one for other code. */
function etagOf(code: string, runtime: string): string {
  const digest = createHash("sha256").update(`${runtime}\n${code}`).digest("hex");
  return `E${digest.slice(0, 12).toUpperCase()}`;
}
