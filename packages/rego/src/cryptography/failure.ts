/** Keys, certificates and signatures that cannot be read. */

/** What is wrong with the bytes or texts of a key or certificate; becomes an error of the builtin that read them. */
export class CryptographyError extends Error {}
