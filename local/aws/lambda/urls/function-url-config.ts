import { AwsError } from "../../aws-error";
import { notEmulated } from "../../not-emulated";

export type FunctionUrlAuthType = "AWS_IAM" | "NONE";

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
export interface FunctionUrlConfig {
  /** `AWS_IAM`: signed requests alone. `NONE`: all that the function's policy lets the public do. */
  authType: FunctionUrlAuthType;
  /** Default: the function answers preflights itself. */
  cors?: CorsConfig;
  /** Default `BUFFERED`, which alone is emulated. */
  invokeMode?: string;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html */
export interface CorsConfig {
  allowCredentials?: boolean;
  allowHeaders?: readonly string[];
  /** `GET`, `PUT`, `HEAD`, `POST`, `PATCH`, `DELETE` or `*`. */
  allowMethods?: readonly string[];
  allowOrigins?: readonly string[];
  exposeHeaders?: readonly string[];
  /** Seconds, 0–86400. Default 0. */
  maxAge?: number;
}

const authTypes: readonly string[] = ["AWS_IAM", "NONE"];
const methods = ["GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", "*"];
const maxAgeSeconds = 86_400;
const mostListed = 100;
const longestOrigin = 253;

/**
 * Checks the configuration of a function's URL, as Lambda does.
 *
 * @throws AwsError `ValidationException`, `InvalidParameterValueException`, `NotImplemented`.
 */
export function checkFunctionUrlConfig({ authType, cors, invokeMode }: FunctionUrlConfig): void {
  if (!authTypes.includes(authType)) {
    throw invalid(`AuthType "${authType}" is none of ${authTypes.join(", ")}.`);
  }
  if (invokeMode !== undefined && invokeMode !== "BUFFERED") {
    throw notEmulated(`the invoke mode ${invokeMode} of function URLs, only BUFFERED`);
  }
  if (cors !== undefined) {
    checkCors(cors);
  }
}

function checkCors(cors: CorsConfig): void {
  const { allowCredentials, allowMethods = [], allowOrigins = [], maxAge = 0 } = cors;
  const unknown = allowMethods.find((method) => !methods.includes(method));
  if (unknown !== undefined) {
    throw invalid(`Cors.AllowMethods: "${unknown}" is none of ${methods.join(", ")}.`);
  }
  if (!Number.isInteger(maxAge) || maxAge < 0 || maxAge > maxAgeSeconds) {
    throw invalid(`Cors.MaxAge: ${maxAge} is no integer from 0 to ${maxAgeSeconds}.`);
  }
  for (const [name, list = []] of [
    ["AllowHeaders", cors.allowHeaders],
    ["AllowOrigins", allowOrigins],
    ["ExposeHeaders", cors.exposeHeaders],
  ] as const) {
    if (list.length > mostListed) {
      throw invalid(`Cors.${name} has ${list.length} entries; at most ${mostListed} are allowed.`);
    }
  }
  const tooLong = allowOrigins.find((origin) => origin.length > longestOrigin);
  if (tooLong !== undefined) {
    throw invalid(`Cors.AllowOrigins: "${tooLong}" is longer than ${longestOrigin} characters.`);
  }
  if (allowCredentials === true && allowOrigins.includes("*")) {
    throw new AwsError(
      "InvalidParameterValueException",
      "AllowCredentials is not supported if AllowOrigins is *",
    );
  }
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
