import fc from 'fast-check';

/**
 * Property tests look at other examples each time, and print the seed of a failure. In a pipeline they look at the same
 * ones, so that a change fails for what it changed; `PROPERTY_SEED` says otherwise.
 */
const seed = process.env['PROPERTY_SEED'] ?? (process.env['CI'] === undefined ? undefined : '20260521');
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
