import { createHash } from 'node:crypto';
import { define, string } from '../define';
import type { FunctionMap } from '../template';
import { toBytes } from '../utf8';
import type { GoFunction } from '../value';

const digest = (algorithm: string): GoFunction =>
  define([string], (text) => createHash(algorithm).update(toBytes(text)).digest('hex'));

/** Checksums, in hexadecimal. */
export const HASH_FUNCTIONS: FunctionMap = {
  sha1sum: digest('sha1'),
  sha256sum: digest('sha256'),
  sha512sum: digest('sha512'),
};
