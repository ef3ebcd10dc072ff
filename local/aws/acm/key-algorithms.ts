/** What the keys of certificates are of. https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
export const keyAlgorithms = [
  "RSA_1024",
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
] as const;
