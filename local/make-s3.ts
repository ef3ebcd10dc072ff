import { S3, type S3Options } from "./aws/s3/s3";
import type { ServiceOptions } from "./aws/types";
import type { Services } from "./endpoints";

/**
 * S3, which tells functions and the event bus of objects.
 *
 * @param services those that it calls, which are made after it.
 */
export function makeS3(
  common: Pick<S3Options, keyof ServiceOptions | "authenticator" | "authorizer" | "keys">,
  services: () => Pick<Services, "events" | "guardduty" | "lambda">,
): S3 {
  return new S3({
    ...common,
    invoker: {
      authorize: (request) => services().lambda.authorize(request),
      invoke: (request) => services().lambda.invoke(request),
    },
    bus: {
      emit: async (event) => {
        await services().guardduty.observe(event);
        await services().events.emit(event);
      },
    },
  });
}
