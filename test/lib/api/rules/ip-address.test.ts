import { isCidr, isIpAddress } from '../../../../lib/api/rules/ip-address';

test.each(['10.0.0.1', '0.0.0.0', '::', '::1', '2001:db8::1', '::ffff:1.2.3.4', 'fe80::1%eth0', '1:2:3:4:5:6:7:8'])(
  '%s is an IP address',
  (text) => {
    expect(isIpAddress(text)).toBe(true);
  },
);

test.each([
  '',
  '10.0.0',
  '10.0.0.256',
  '010.0.0.1',
  '10.0.0.1:80',
  '1::2::3',
  ':::',
  '1:2:3:4:5:6:7',
  '12345::',
  'a.com',
  '[::1]',
  'fe80::1%',
])('refuses the address %s', (text) => {
  expect(isIpAddress(text)).toBe(false);
});

test.each([
  ['10.0.0.0/8', true],
  ['10.1.2.3/0', true],
  ['2001:db8::/32', true],
  ['::/128', true],
  ['10.0.0.0/33', false],
  ['10.0.0.0/08', false],
  ['10.0.0.0/', false],
  ['fe80::%eth0/64', false],
  ['::/129', false],
])('%s as a CIDR block: %s', (text, isBlock) => {
  expect(isCidr(text)).toBe(isBlock);
});
