import { expect, test } from 'vitest'
import { decryptCbc, encryptCbc } from './aes.ts'
import { bcryptHash } from './bcrypt.ts'
import { hexBytes } from '@kubescape/go'

test('AES gives what NIST SP 800-38A says', () => {
  const key = hexBytes('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4')
  const start = hexBytes('000102030405060708090a0b0c0d0e0f')
  const text = hexBytes('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51')
  const encrypted = encryptCbc(key, start, text)
  expect(encrypted.subarray(0, 32)).toEqual(
    hexBytes('f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d'),
  )
  expect(encrypted).toHaveLength(48)
  const decrypted = decryptCbc(key, start, encrypted)
  expect(decrypted.subarray(0, 32)).toEqual(text)
  expect(decrypted.subarray(32)).toEqual(new Uint8Array(16).fill(16))
})

test('bcrypt gives the hash that others give', () => {
  const salt = hexBytes('144b3d691a7b4ecf39cf735c7fa7a79c')
  expect(bcryptHash(new Uint8Array(), salt, 6)).toBe('$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.')
})
