import type { ShownWebAcl } from "../../../aws/waf/types";

/** What is shown of a web ACL of which nobody looks at that. */
export const shown: ShownWebAcl = {
  capacity: 2,
  description: "",
  lockToken: "11111111-2222-4333-8444-555555555555",
  tags: {},
  settings: {},
};
