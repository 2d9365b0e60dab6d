import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';

export default tseslint.config(
  {
    ignores: ['build/', 'dist/', 'node_modules/', 'snapshots/', 'coverage/', 'lib/api/generated/', 'test/**/fixtures/'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  tseslint.configs.strict,
  tseslint.configs.stylistic,
  {
    // What is published, and the programs that show it, are checked with their types. Tests are not: they cast and
    // reach inside on purpose, and it would double the time.
    files: ['lib/**/*.ts', 'constructs/**/*.ts', 'bookinfo/**/*.ts', 'sockshop/**/*.ts', 'stacks/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A number in a message reads as anybody expects. Objects, `undefined` and booleans do not, and stay refused.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {
          allowAny: false,
          allowArray: false,
          allowBoolean: false,
          allowNever: false,
          allowNullish: false,
          allowNumber: true,
          allowRegExp: false,
        },
      ],
      // Spreading a string gives its code points, which is what Go's runes and the rules of names count.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
    },
  },
  prettier,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Sizes are advice: printed, never a failure. Templates and tables are data.
    files: ['lib/**/*.ts', 'constructs/**/*.ts', 'bookinfo/**/*.ts', 'sockshop/**/*.ts', 'stacks/**/*.ts'],
    ignores: ['**/templates/**', '**/descriptions/**', '**/*-table.ts'],
    rules: {
      'max-lines': ['warn', { max: 250 }],
      'max-lines-per-function': ['warn', { max: 60, skipComments: true, skipBlankLines: true }],
      complexity: ['warn', { max: 20 }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/no-empty-function': 'off' },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', process: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
