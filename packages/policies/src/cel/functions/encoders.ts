/** `base64.encode(bytes)`, `base64.decode(text)`. */
import { decodeBase64, encodeBase64 } from '@kubescape/go'

import type { Run } from '../run.ts'
import { CelError } from '../values/value.ts'
import type { Library } from './library.ts'

export const ENCODERS: Library = {
  functions: {
    'base64.encode(bytes): string': (bytes: Uint8Array, run: Run) => {
      run.spendText(bytes.length)
      return encodeBase64(bytes)
    },
    'base64.decode(string): bytes': (text: string, run: Run) => {
      run.spendText(text.length)
      // Padding may be left out.
      const decoded = decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, '='))
      return decoded instanceof Uint8Array ? decoded : new CelError('the text is no base64')
    },
  },
}
