/** Texts that are no times and no durations. */

/** What Go says of such a text. */
export class TimeError extends Error {}
