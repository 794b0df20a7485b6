/** Facts of the machine itself: its distribution, its kernel, and the security modules of the kernel. */
import type { Machine } from './machine.ts'
import { Unread } from './unread.ts'

/** Data of a LinuxSecurityHardeningStatus object. */
export interface SecurityHardening {
  /** The profiles of AppArmor with their modes, `stopped` without any, `unloaded` without AppArmor, or `unknown`. */
  readonly appArmor: string
  /** `enforcing`, `permissive`, `disabled`, `not found` without SELinux, or `unknown`. */
  readonly seLinux: string
}

/** The text of os-release(5). */
export function osRelease(machine: Machine): string | undefined {
  return machine.text('/etc/os-release') ?? machine.text('/usr/lib/os-release')
}

/** The version of the running kernel, as it tells it itself. */
export function kernelVersion(machine: Machine): string | undefined {
  return machine.text('/proc/version')?.trim()
}

/** What AppArmor and SELinux do; undefined where neither can be told. */
export function securityHardening(machine: Machine): SecurityHardening | undefined {
  if (machine.isMissing('/sys')) return undefined
  return { appArmor: appArmor(machine), seLinux: seLinux(machine) }
}

function appArmor(machine: Machine): string {
  if (machine.isMissing('/sys/kernel/security/apparmor')) {
    // The file system with the profiles may be left unmounted, as in containers.
    const isOn = machine.text('/sys/module/apparmor/parameters/enabled')?.trim() === 'Y'
    return isOn ? 'unknown' : 'unloaded'
  }
  const profiles = machine.text('/sys/kernel/security/apparmor/profiles')
  return profiles === undefined ? 'unknown' : profiles.trim() || 'stopped'
}

function seLinux(machine: Machine): string {
  const enforce = machine.files.read('/sys/fs/selinux/enforce', machine.limits.contentBytes)
  if (!(enforce instanceof Unread)) return enforce.toString('utf8').trim() === '1' ? 'enforcing' : 'permissive'
  if (enforce.isMissing) return machine.isMissing('/etc/selinux/config') ? 'not found' : 'disabled'
  machine.note('/sys/fs/selinux/enforce', enforce.why)
  return 'unknown'
}
