/** The hashes of Go's standard library and of golang.org/x/crypto, from a library; this is its one home. */
export { hmac } from '@noble/hashes/hmac.js'
export { md5, sha1 } from '@noble/hashes/legacy.js'
export { scrypt } from '@noble/hashes/scrypt.js'
export { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
export { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
