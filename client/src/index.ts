export {
  type ChangeOptions,
  Darkroom,
  type EffectOptions,
  type PutOptions,
  type Versioned,
} from "./darkroom.js";
export type { DirectUploadOptions, Progress } from "./direct-upload.js";
export { DarkroomError, type ErrorBody, UploadRejectedError } from "./errors.js";
export type { RetryOptions } from "./retry.js";
export type { components, operations, paths } from "./schema.js";
export type { ClientOptions, RequestOptions } from "./transport.js";
export type * from "./types.js";
