/**
 * Seconds by which the clocks of an issuer and of AWS may differ: for so long after its end, a token
 * is taken. The authorizer and the functions go by the same.
 */
export const maxClockSkewSeconds = 60;
