/** The least and the greatest whole number that Pulumi's engine holds exactly, in 64 bits. */
export const minInt64 = -(2n ** 63n);
export const maxInt64 = 2n ** 63n - 1n;

/** The greatest where none is negative. */
export const maxUint64 = 2n ** 64n - 1n;
