/** Regular expressions as Go (RE2) understands them. */
export {}
