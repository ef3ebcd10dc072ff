import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { restApi } from "../api/rest-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import type { GuardDuty } from "./guardduty";
import { routes } from "./operations";

const refusals: Refusals = {
  error: () => new AwsError("InternalServerErrorException", "Internal server error", 500),
  throttle: () => new AwsError("TooManyRequestsException", "Too many requests", 429),
};

/** What shows malware protection plans. https://docs.aws.amazon.com/guardduty/latest/APIReference/ */
export function guardDutyApi(access: ApiAccess, guardDuty: GuardDuty): RequestListener {
  const { authorizer } = access;
  return restApi({
    ...access,
    title: "GuardDuty",
    service: "guardduty",
    routes,
    unsigned: { code: "MissingAuthenticationTokenException", statusCode: 403 },
    refusals,
    faultPoint: faultPoint("guardduty", access, refusals),
    contextOf: (principal) => ({
      guardDuty,
      caller: callerOf(principal, authorizer, { code: "AccessDeniedException", statusCode: 403 }),
    }),
  });
}
