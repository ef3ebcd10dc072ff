import type * as pulumi from "@pulumi/pulumi";
import type { RenditionSettings } from "../../handlers/renditions/settings";
import { bundleHandlers } from "../bundle";
import type { HstsScope } from "../config/edge-config";
import type { UserSettings } from "../config/user-config";
import { hstsHeader } from "../edge/hsts";
import {
  type Duty,
  duty,
  joinDuties,
  type NamedResource,
  namedBucket,
  type Renditions,
} from "../functions/duty";
import { type FunctionSettings, settingsOf } from "../functions/function-settings";
import { HandlerFunction } from "../functions/handler-function";
import type { InvokedFunction } from "../functions/invocation-target";
import { type ByOperation, mapOperations, type Operation, operationsOf } from "../openapi/routes";
import {
  deleteImageStatements,
  getImageContentStatements,
  getImageStatements,
  getImageUrlStatements,
  listImagesStatements,
  updateImageStatements,
} from "../policies/image-statements";
import {
  createUploadStatements,
  getUploadStatements,
  stageImageStatements,
  uploadImageStatements,
} from "../policies/upload-statements";
import type { StoredData } from "../references";
import { processingDuties } from "./processing-duties";
import { userDuties, type UserDuties } from "./user-duties";

/** How URLs of renditions are made. */
export interface RenditionUrlsArgs {
  /** Where renditions are served, without a slash at the end. */
  edgeUrl: pulumi.Input<string>;
  /** The parameter that holds the key that signs. */
  signingKey: NamedResource;
  /** What may be asked for. */
  renditions: RenditionSettings;
  /** The longest that a URL may be asked to work, in seconds. */
  maxSeconds: number;
  /** Seconds for which equal requests get equal URLs. */
  windowSeconds: number;
}

/** Arguments of `createFunctions`. */
export interface FunctionsArgs extends FunctionSettings {
  storage: StoredData;
  /** Where renditions are, and are served. */
  renditions: Renditions;
  /** Where results are served, without a slash at the end. */
  cdnUrl: pulumi.Input<string>;
  /** How URLs of renditions are made. */
  urls: RenditionUrlsArgs;
  /** Largest image that POST /images accepts, in bytes. */
  maxUploadBytes: number;
  /** Largest image that is accepted by a form of POST /uploads, in bytes. */
  maxDirectUploadBytes: number;
  /** Most pixels that an image may have. */
  maxImagePixels: number;
  /** Whether GPS positions and names of places are removed from images before they are stored. */
  stripLocation: boolean;
  /** Whether what is uploaded is scanned for malware before an image is made of it. `@default` false */
  scansUploads?: boolean;
  /** Origins of pages that may read answers; `*` alone for any. */
  allowedOrigins: readonly string[];
  /** For which hosts browsers take HTTPS for granted. `@default` answers say nothing of it */
  hsts?: HstsScope | undefined;
  /** Who the users are. `@default` they are not known, and API keys alone are asked for */
  users?: UserSettings;
}

/** Creates the function of every operation that there is, named `<name>-<operation>`. */
export function createFunctions(
  name: string,
  args: FunctionsArgs,
  parent: pulumi.Resource,
): ByOperation<InvokedFunction> {
  bundleHandlers();
  const ofUsers = userDuties(args.storage.usersTable, args.users);
  const duties = {
    ...imageDuties(args, ofUsers),
    ...processingDuties(args),
    "get-me": ofUsers.tell,
  };
  const callerSettings = {
    CALLERS: args.users ? "users" : "anyone",
    ALLOWED_ORIGINS: JSON.stringify(args.allowedOrigins),
    ...(args.hsts && { STRICT_TRANSPORT_SECURITY: hstsHeader(args.hsts) }),
  };
  return mapOperations(operationsOf(args.users !== undefined), (operation) => {
    const { environment, statements } = duties[operation];
    return new HandlerFunction(
      `${name}-${operation}`,
      {
        operation,
        environment: { ...environment, ...callerSettings },
        statements,
        ...settingsOf(args, operation),
      },
      { parent },
    );
  });
}

function imageDuties({ storage, renditions, urls, ...limits }: FunctionsArgs, ofUsers: UserDuties) {
  const { imagesTable, tagsTable, idempotencyTable } = storage;
  const imagesBucket = namedBucket(storage.images.bucket);
  const images = { imagesBucket, imagesTable };
  const { signingKey } = urls;
  const urlSettings = {
    EDGE_URL: urls.edgeUrl,
    RENDITION_SETTINGS: JSON.stringify(urls.renditions),
    MAX_URL_SECONDS: String(urls.maxSeconds),
    URL_WINDOW_SECONDS: String(urls.windowSeconds),
  };
  return {
    "upload-image": uploadDuty(storage, limits, ofUsers),
    "create-upload": joinDuties(
      duty({ ...images, idempotencyTable }, createUploadStatements, {
        MAX_DIRECT_UPLOAD_BYTES: String(limits.maxDirectUploadBytes),
      }),
      ofUsers.check,
    ),
    "get-upload": duty({ imagesTable }, getUploadStatements),
    "list-images": duty({ ...images, tagsTable, signingKey }, listImagesStatements, urlSettings),
    "get-image": duty({ ...images, signingKey }, getImageStatements, urlSettings),
    "get-image-url": duty({ imagesTable, signingKey }, getImageUrlStatements, urlSettings),
    "get-image-content": duty(images, getImageContentStatements),
    "update-image": duty({ imagesTable, tagsTable, ...renditions }, updateImageStatements),
    "delete-image": joinDuties(
      duty({ ...images, tagsTable, ...renditions }, deleteImageStatements),
      ofUsers.withdraw,
    ),
  } satisfies Partial<Record<Operation, Duty>>;
}

/** What stores an image at once or, where uploads are scanned, lets `finalise-upload` do so. */
function uploadDuty(
  { images, imagesTable, tagsTable, idempotencyTable }: StoredData,
  limits: Pick<
    FunctionsArgs,
    "maxUploadBytes" | "maxImagePixels" | "stripLocation" | "scansUploads"
  >,
  ofUsers: UserDuties,
): Duty {
  const imagesBucket = namedBucket(images.bucket);
  const settings = {
    MAX_UPLOAD_BYTES: String(limits.maxUploadBytes),
    MAX_IMAGE_PIXELS: String(limits.maxImagePixels),
  };
  if (limits.scansUploads) {
    const staging = duty({ imagesBucket, imagesTable, idempotencyTable }, stageImageStatements, {
      ...settings,
      SCAN_UPLOADS: "true",
      TAGS_TABLE: tagsTable.name,
    });
    return joinDuties(staging, ofUsers.check);
  }
  const storing = duty(
    { imagesBucket, imagesTable, tagsTable, idempotencyTable },
    uploadImageStatements,
    { ...settings, STRIP_LOCATION: String(limits.stripLocation) },
  );
  return joinDuties(storing, ofUsers.check, ofUsers.publish);
}
