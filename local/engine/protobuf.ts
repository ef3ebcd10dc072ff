import { createRequire } from "node:module";
import type * as emptyProto from "google-protobuf/google/protobuf/empty_pb";
import type * as structProto from "google-protobuf/google/protobuf/struct_pb";

// Messages of two copies of google-protobuf do not mix, so these classes come from the SDK's own.
const requireFromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

/** `google.protobuf.Empty`. */
export const { Empty } = requireFromSdk(
  "google-protobuf/google/protobuf/empty_pb",
) as typeof emptyProto;

/** `google.protobuf.Struct`, in which properties travel. */
export const { Struct } = requireFromSdk(
  "google-protobuf/google/protobuf/struct_pb",
) as typeof structProto;

export type Empty = emptyProto.Empty;
export type Struct = structProto.Struct;
