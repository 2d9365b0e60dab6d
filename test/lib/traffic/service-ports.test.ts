import { servicePortIssues, servicePorts } from '../../../lib/traffic';

test.each([
  [{ port: 80 }, [{ name: 'http', port: 80, protocol: 'http' }]],
  [{ port: 80, targetPort: 8080 }, [{ name: 'http', port: 80, protocol: 'http', targetPort: 8080 }]],
  [{ port: 3306, protocol: 'tcp' as const }, [{ name: 'tcp', port: 3306, protocol: 'tcp' }]],
  [{ ports: [{ port: 80 }] }, [{ name: 'http', port: 80, protocol: 'http' }]],
  [
    { ports: [{ port: 80 }, { port: 81, protocol: 'grpc' as const, name: 'grpc-api' }] },
    [
      { name: 'http-80', port: 80, protocol: 'http' },
      { name: 'grpc-api', port: 81, protocol: 'grpc' },
    ],
  ],
  [{}, []],
])('%j becomes ports with everything filled in', (declared, ports) => {
  expect(servicePorts(declared)).toEqual(ports);
});

test('the protocol of a port may follow from its number', () => {
  expect(servicePorts({ port: 443 }, (port) => (port === 443 ? 'https' : 'http'))).toEqual([
    { name: 'https', port: 443, protocol: 'https' },
  ]);
});

test.each([
  ['both', { port: 80, ports: [{ port: 81 }] }, ['port-and-ports']],
  ['neither', {}, ['port-and-ports']],
  ['an empty list', { ports: [] }, ['port-and-ports']],
  ['a port twice', { ports: [{ port: 80 }, { port: 80 }] }, ['duplicate-port']],
  [
    'a name twice',
    {
      ports: [
        { port: 80, name: 'a' },
        { port: 81, name: 'a' },
      ],
    },
    ['duplicate-port-name'],
  ],
  ['no port', { port: 0 }, ['invalid-port']],
  ['a target that is not a port', { port: 80, targetPort: 70000 }, ['invalid-port']],
])('refuses %s', (_, declared, codes) => {
  expect(servicePortIssues(declared, servicePorts(declared)).map(({ code }) => code)).toEqual(codes);
});

test('a service somebody else declares may leave its ports open', () => {
  expect(servicePortIssues({}, [], true)).toEqual([]);
});
