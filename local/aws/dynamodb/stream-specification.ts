import { z } from "zod";

import { invalidParameters } from "./errors";
import type { StreamDefinition } from "./table-definition";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html */
export const streamSpecification = z.strictObject({
  StreamEnabled: z.boolean(),
  StreamViewType: z.enum(["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"]).optional(),
});

/**
 * The stream that is enabled now, if one is.
 *
 * @throws AwsError `ValidationException`.
 */
export function streamOf(
  { StreamEnabled, StreamViewType }: z.infer<typeof streamSpecification>,
  now: Date,
): StreamDefinition | undefined {
  if (StreamEnabled !== (StreamViewType !== undefined)) {
    throw invalidParameters(
      `StreamViewType ${StreamEnabled ? "is required" : "is not allowed"} where StreamEnabled is ${StreamEnabled}`,
    );
  }
  return StreamViewType && { StreamViewType, StreamLabel: now.toISOString().slice(0, -1) };
}
