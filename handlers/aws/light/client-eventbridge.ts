import type {
  PutEventsCommandInput,
  PutEventsCommandOutput,
  PutEventsRequestEntry,
} from "@aws-sdk/client-eventbridge";
import { regionalEndpoint } from "./endpoints";
import { JsonCommand, JsonService } from "./json-service";
import type { ClientOptions } from "./service";

const dialect = { signingName: "events", target: "AWSEvents", version: "1.1" } as const;

/** Puts events on buses. */
export class EventBridgeClient {
  readonly #service: JsonService;

  constructor(options: ClientOptions) {
    this.#service = new JsonService(regionalEndpoint("events", "eventbridge"), dialect, options);
  }

  async send({ operation, input }: PutEventsCommand): Promise<PutEventsCommandOutput> {
    const { Entries = [], ...others } = input;
    const body = JSON.stringify({ Entries: Entries.map(sent), ...others });
    return await this.#service.invoke(operation, body, (text) => JSON.parse(text) as object);
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
export class PutEventsCommand extends JsonCommand<PutEventsCommandInput, PutEventsCommandOutput> {
  readonly operation = "PutEvents";
}

/** Times are sent as seconds since 1970. */
function sent({ Time, ...others }: PutEventsRequestEntry): object {
  return { ...(Time && { Time: Time.getTime() / 1000 }), ...others };
}
