import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:sqs/queue:Queue",
  clean: { sqsManagedSseEnabled: true },
  wrong: [
    [{ sqsManagedSseEnabled: false }, "declares no encryption"],
    [{ sqsManagedSseEnabled: undefined }, "declares no encryption"],
  ],
});
