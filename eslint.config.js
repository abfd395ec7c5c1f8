import tseslint from 'typescript-eslint';

/** Folders of runner/ that a folder may import; what is not named, imports nothing but itself. */
const LAYERS = {
  catalog: [],
  process: [],
  grade: ['catalog', 'process', 'kit'],
  progress: ['catalog', 'grade'],
  workspace: ['catalog'],
  watch: [],
  session: ['catalog', 'grade', 'progress'],
  report: ['catalog', 'grade', 'progress', 'doctor', 'check', 'class'],
  scaffold: ['catalog'],
  check: ['catalog', 'grade', 'process'],
  class: ['catalog', 'grade'],
  doctor: ['catalog', 'grade', 'process', 'progress'],
  ui: ['catalog', 'grade', 'progress', 'session', 'report'],
  kit: [],
};

/** Packages that one folder alone may import, so that the rest does not come to depend on them. */
const ONLY_IN = { ink: 'ui', react: 'ui', chokidar: 'watch', execa: 'process' };

const layers = Object.entries(LAYERS).map(([folder, below]) => {
  const forbidden = [...Object.keys(LAYERS), 'commands'].filter(
    (other) => other !== folder && !below.includes(other),
  );
  const packages = Object.entries(ONLY_IN).filter(([, home]) => home !== folder);
  return {
    files: [`runner/${folder}/**/*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: packages.map(([name, home]) => ({
            name,
            message: `Only runner/${home} imports it.`,
          })),
          patterns: [
            {
              regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
              message: `runner/${folder} stands below it: imports point downward only.`,
            },
            { regex: '^(\\.\\./)+cli\\.ts$', message: 'Nothing imports the entry point.' },
          ],
        },
      ],
    },
  };
});

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'workspace',
      '.dojo',
      '.dojo-try',
      'coverage',
      'test/attacks/samples',
      'test/attacks/own',
      'runner/scaffold/templates',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  ...layers,
  {
    // Katas and suites deal in odd values on purpose: thrown strings, unbound methods, untyped input.
    files: ['exercises/**/*.ts', 'solutions/**/*.ts', 'test/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // What the language offers is taken from its objects there, before learner code can change it.
    files: ['runner/grade/apart/learner/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    // A starter's parameters wait for the learner, and a mistake is wrong on purpose.
    files: ['exercises/**/*.ts', 'solutions/**/mistakes/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      'no-console': 'off',
      'require-yield': 'off',
    },
  },
);
