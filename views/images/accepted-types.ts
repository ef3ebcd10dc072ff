/**
 * Content types of images that the API accepts. Named one by one where files are chosen, so that
 * telephones convert what they took in another format.
 */
export const acceptedTypes = ["image/jpeg", "image/png", "image/gif", "image/webp"];
