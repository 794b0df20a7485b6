/** What is wrong with the text of a flag; it stays inside the grammar. */
export class SetError extends Error {}
