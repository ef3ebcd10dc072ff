/** How many resources the policy pack is measured over. */
export const graphSize = 5000;
