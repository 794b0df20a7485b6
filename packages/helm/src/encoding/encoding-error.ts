/** Why a value cannot be written or a text not be read, in the words of Go's libraries. */

/** What the encoders and decoders throw; functions that swallow errors catch it. */
export class EncodingError extends Error {}
