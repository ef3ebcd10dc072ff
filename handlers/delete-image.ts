import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { createBusinessCounts } from "./aws/business-metrics";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { type Preconditions, readPreconditions } from "./http/preconditions";
import { readQuery } from "./http/request";
import { emptyResponse } from "./http/responses";
import { NoQuery } from "./http/schemas";
import { imageNotFound, readImageId } from "./images/image-id";
import type { ImageItem } from "./images/images-table";
import { requireMeant } from "./images/preconditions";
import { purge, type PurgeDeps } from "./images/purge";
import { createPurgeDeps } from "./images/purge-deps";
import type { Caller } from "./users/caller";
import { isOwn, scopeOf } from "./users/ownership";

/** Which image is to go. */
export interface DeleteImageInput extends Preconditions {
  imageId: string;
  caller: Caller;
}

/** DELETE /images/{id}: removes an image, or an upload under way, for good; twice is as once. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const deps = createPurgeDeps(settings);
  const business = createBusinessCounts(settings);
  return createApiHandler(new Logger(), settings, {
    parse,
    act: async (input) => {
      if (await deleteImage(input, deps)) {
        business.add({ ImagesDeleted: 1 });
      }
    },
    respond: () => emptyResponse(204),
  });
}

function parse(event: APIGatewayProxyEvent, { caller }: Invocation): DeleteImageInput {
  readQuery(event, NoQuery);
  return { imageId: readImageId(event), caller, ...readPreconditions(event) };
}

/**
 * Removes an image that the caller may see. To a user, what is another's is as what was deleted long
 * ago, or never was; who sees every image is told in any case that there is none of this id any more.
 *
 * @returns whether there was anything to remove.
 * @throws ApiError 404 `ImageNotFound` for a user who has no such image, 412 `PreconditionFailed`
 * unless it is being deleted already: a request whose answer was lost can be repeated.
 */
export async function deleteImage(
  { imageId, caller, ...preconditions }: DeleteImageInput,
  deps: PurgeDeps,
): Promise<boolean> {
  const isMeant = (item: ImageItem) => {
    if (!isOwn(item, caller)) {
      return false;
    }
    if (item.state !== "deleting") {
      requireMeant(item, preconditions);
    }
    return true;
  };
  const found = await purge(imageId, deps, isMeant);
  if (!found && scopeOf(caller) !== undefined) {
    throw imageNotFound();
  }
  return found;
}
