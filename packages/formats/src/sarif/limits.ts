/** What hosts of code scanning take in one upload. The strictest known is GitHub's. */

/** Results of a run; an upload with more is refused. */
export const MOST_RESULTS = 25_000
/** Results of a run that are shown, by severity. */
export const MOST_SHOWN = 5000
/** Rules of a run. */
export const MOST_RULES = 25_000
/** Locations of a result, of both sorts. */
export const MOST_LOCATIONS = 1000
/** Tags of a rule. */
export const MOST_TAGS = 20
/**
 * Characters of all results. An upload may have 10 MB when it is compressed with gzip, which makes such text seven times shorter at
 * the least, and 20 times as a rule.
 */
export const MOST_CHARACTERS = 64 * 1024 * 1024
/** Characters of a description. */
export const LONGEST_DESCRIPTION = 1000
/** What the scan tells of itself: more is counted, not listed. */
export const MOST_NOTIFICATIONS = 1000
