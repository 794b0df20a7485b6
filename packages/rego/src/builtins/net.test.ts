import { describe, expect, test } from 'vitest'

import { run, text } from '../../testing/evaluate.ts'

function value(query: string): string {
  return text('package tests', query, { strictBuiltinErrors: true })
}

describe('addresses', () => {
  test.each([
    ['net.cidr_contains("10.0.0.0/8", "10.1.2.3")', 'true'],
    ['net.cidr_contains("10.0.0.0/8", "10.0.0.0/7")', 'false'],
    ['net.cidr_contains("10.0.0.0/8", "::ffff:10.0.0.1")', 'true'],
    ['net.cidr_contains("::/0", "10.0.0.1")', 'false'],
    ['net.cidr_contains("10.0.0.1", "10.0.0.1")', 'eval_builtin_error'],
    ['net.cidr_intersects("10.0.0.0/8", "10.2.0.0/16")', 'true'],
    ['net.cidr_is_valid("1.2.3.4/33")', 'false'],
    ['net.cidr_is_valid("2001:db8::/32")', 'true'],
    ['net.cidr_expand("10.0.0.1/30")', '{"10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3"}'],
    ['net.cidr_expand("2001:db8::/127")', '{"2001:db8::", "2001:db8::1"}'],
    ['net.cidr_expand("255.255.255.255/32")', '{"255.255.255.255"}'],
    ['net.cidr_merge(["10.0.0.0/24", "10.0.1.0/24", "::1/128"])', '{"10.0.0.0/23", "::1/128"}'],
    ['net.cidr_merge(["10.0.0.1"])', '{"10.0.0.1/8"}'],
    ['net.cidr_merge(["::1"])', 'eval_builtin_error'],
    ['net.cidr_contains_matches({"a": "10.0.0.0/8"}, ["10.0.0.1", "11.0.0.1"])', '{["a", 0]}'],
    ['net.lookup_ip_addr("example.com")', 'eval_builtin_error'],
  ])('%s is %s', (query, expected) => {
    expect(value(query)).toBe(expected)
  })

  test('are not expanded without bounds', () => {
    for (const range of ['0.0.0.0/0', '::/0', '10.0.0.0/8']) {
      const { problem } = run('package tests', `net.cidr_expand("${range}")`, { strictBuiltinErrors: true })
      expect(problem?.message).toContain('more than')
    }
    const { problem } = run('package tests', 'net.cidr_expand("10.0.0.0/16")', { limits: { steps: 1000 } })
    expect(problem?.code).toBe('eval_limit_error')
  })
})
