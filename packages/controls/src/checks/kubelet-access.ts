/** Settings of the kubelet that decide who may call it; two controls share each of them. */
import { saysTrue } from '@kubescape/resources'

import { booleanOf } from './command-flags.ts'
import { isUnset, kubeletSetting } from './kubelet-setting.ts'

/** Kubelets that take requests without credentials. */
export const anonymousKubelet = kubeletSetting({
  name: 'anonymous-requests-to-kubelet-service-updated',
  flag: '--anonymous-auth',
  isBadFlag: (value) => booleanOf(value) === true,
  properties: ['authentication.anonymous.enabled'],
  isBadProperty: saysTrue,
  // The flag is on by default, the property of the file is off.
  neither: 'fails',
  takesAnyFile: true,
})

/** Kubelets that cannot verify client certificates. */
export const noKubeletClientCa = kubeletSetting({
  name: 'enforce-kubelet-client-tls-authentication-updated',
  flag: '--client-ca-file',
  isBadFlag: (value) => value === '',
  properties: ['authentication.x509.clientCAFile'],
  isBadProperty: isUnset,
  neither: 'fails',
})
