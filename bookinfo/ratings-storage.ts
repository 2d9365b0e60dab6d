import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { MeshService, type MeshServiceVersion } from '../constructs';

/** MongoDB, and the version of ratings that reads from it. */
export function mongodb(scope: Construct, image: (name: string) => string): MeshServiceVersion {
  new MeshService(scope, 'mongodb', {
    ports: [{ name: 'tcp-mongo', port: 27017, protocol: 'tcp' }],
    versions: {
      v1: { image: image('mongodb'), args: ['--ipv6', '--bind_ip_all'], emptyDirs: { 'data-db': '/data/db' } },
    },
  });
  return { image: image('ratings-v2'), env: { MONGO_DB_URL: 'mongodb://mongodb:27017/test' } };
}

/**
 * MySQL, and the version of ratings that reads from it. The database image of 1.20.3 is built on a MySQL that knows
 * neither the flag nor the authentication that the ratings program needs; that of 1.20.2 does.
 */
export function mysql(
  scope: Construct,
  image: (name: string) => string,
  secretName = 'mysql-credentials',
): MeshServiceVersion {
  const password = kplus.Secret.fromSecretName(scope, 'mysql-credentials', secretName).envValue('rootpasswd');
  new MeshService(scope, 'mysqldb', {
    ports: [{ name: 'tcp-mysql', port: 3306, protocol: 'tcp' }],
    versions: {
      v1: {
        image: image('mysqldb').replace(/:1\.20\.3$/, ':1.20.2'),
        args: ['--default-authentication-plugin', 'mysql_native_password'],
        env: { MYSQL_ROOT_PASSWORD: password },
        emptyDirs: { 'var-lib-mysql': '/var/lib/mysql' },
      },
    },
  });
  return {
    image: image('ratings-v2'),
    env: {
      DB_TYPE: 'mysql',
      MYSQL_DB_HOST: 'mysqldb',
      MYSQL_DB_PORT: '3306',
      MYSQL_DB_USER: 'root',
      MYSQL_DB_PASSWORD: password,
    },
  };
}
