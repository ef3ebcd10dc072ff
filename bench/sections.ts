import { section as bundle } from "./bundle";
import { section as coldStart } from "./cold-start";
import { section as cost } from "./cost";
import { section as edge } from "./edge";
import { section as hotPath } from "./hot-path";
import { section as iam } from "./iam";
import { section as memory } from "./memory";
import { section as policy } from "./policy";
import { section as program } from "./program";
import { section as render } from "./render";
import { section as renditions } from "./renditions";
import { section as scale } from "./scale";
import { section as start } from "./start";
import { section as throughput } from "./throughput";
import type { Section } from "./support/section";

/** All parts of `npm run bench`, in the order in which they are run. */
export const sections: readonly Section[] = [
  bundle,
  coldStart,
  hotPath,
  program,
  memory,
  scale,
  edge,
  start,
  throughput,
  render,
  renditions,
  policy,
  iam,
  cost,
];
