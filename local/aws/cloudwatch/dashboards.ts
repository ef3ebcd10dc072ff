import { AwsError } from "../aws-error";
import { dashboardMessages } from "./dashboard-body";

/** A dashboard, of which the body is kept as it was given. */
export interface Dashboard {
  name: string;
  body: string;
  lastModified: Date;
}

/** Dashboards, by name. They are kept and shown; nothing here draws them. */
export class Dashboards {
  readonly #dashboards = new Map<string, Dashboard>();
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** @throws AwsError as of {@link checkDashboard}. */
  put(name: string, body: string): void {
    checkDashboard(name, body);
    this.#dashboards.set(name, { name, body, lastModified: this.#clock() });
  }

  /** @throws AwsError `DashboardNotFoundError`. */
  get(name: string): Dashboard {
    const found = this.#dashboards.get(name);
    if (found === undefined) {
      throw new AwsError("DashboardNotFoundError", `Dashboard ${name} does not exist`, 404);
    }
    return found;
  }

  delete(name: string): void {
    this.#dashboards.delete(name);
  }

  /** All, by name. */
  all(): Dashboard[] {
    return [...this.#dashboards.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** @throws AwsError `InvalidParameterInput` that lists every problem of the body, and where it is. */
export function checkDashboard(name: string, body: string): void {
  if (!/^[\w-]{1,255}$/.test(name)) {
    const message = `The name ${name} of a dashboard has other characters than A-Z a-z 0-9 _ -, or too many`;
    throw new AwsError("InvalidParameterValue", message);
  }
  const messages = dashboardMessages(body);
  if (messages.length > 0) {
    const listed = messages.map(({ dataPath, message }) => `  ${dataPath || "/"}: ${message}`);
    throw new AwsError(
      "InvalidParameterInput",
      `The dashboard body is invalid, there are ${messages.length} validation errors:\n${listed.join("\n")}`,
    );
  }
}
