import tseslint from 'typescript-eslint';

/**
 * Import directions: data only ever moves right (docs/architecture.md), so a station never imports one to its right, and the
 * pure ones import nothing that has side effects. Each refusal says why.
 */
const STATIONS = ['discover', 'collect', 'facts', 'checks', 'assess', 'reconcile', 'notify', 'report'];
const PURE = ['model', 'facts', 'checks', 'assess', 'report'];

const sideEffects = [
  {
    regex: '^node:(?!crypto$)',
    message: 'This station is pure: it takes values and gives values. I/O belongs to collect/, storage/, handlers/ and bin/ (docs/architecture.md).',
  },
  { group: ['@aws-sdk/*', '@smithy/*'], message: 'This station is pure: SDK clients belong to discover/, collect/, storage/ and notify/ (docs/architecture.md).' },
  {
    group: ['@kubernetes/client-node'],
    allowTypeImports: true,
    message: 'Only its types: client-node is loaded by a dynamic import where a live cluster is read, and nowhere else (docs/architecture.md).',
  },
];

/** What each folder of lambda/ may not import, with the reason. */
function refusals(station) {
  const right = station === 'model' ? STATIONS : STATIONS.slice(STATIONS.indexOf(station) + 1);
  const patterns = right.map((other) => ({
    regex: `(^|/)\\.\\.?/(.*/)?${other}/`,
    message: `${station}/ stands left of ${other}/: data only moves right, so ${station}/ cannot know it. Pass a plain value on, or move what both need to model/.`,
  }));
  if (['facts', 'checks', 'assess', 'report', 'model'].includes(station)) {
    for (const other of ['discover', 'collect', 'storage']) {
      if (station === other) continue;
      patterns.push({
        regex: `(^|/)\\.\\.?/(.*/)?${other}/`,
        message: `${station}/ is pure and sees a Snapshot, not how it was read or where it is kept: it cannot import ${other}/.`,
      });
    }
  }
  if (station === 'reconcile') {
    for (const other of ['discover', 'collect', 'facts', 'checks']) {
      patterns.push({ regex: `(^|/)\\.\\.?/(.*/)?${other}/`, message: `reconcile/ works on Assessments and states alone; ${other}/ must not matter to it.` });
    }
  }
  return unique(patterns);
}

function unique(patterns) {
  return [...new Map(patterns.map((pattern) => [pattern.regex, pattern])).values()];
}

const directions = ['model', ...STATIONS].map((station) => ({
  files: [`lambda/${station}/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: [...refusals(station), ...(PURE.includes(station) ? sideEffects : [])] }],
  },
}));

const pureLanguage = {
  files: PURE.map((station) => `lambda/${station}/**/*.ts`),
  rules: {
    'no-restricted-globals': ['error', { name: 'process', message: 'Pure stations know no environment; pass what is needed as a value.' }],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'Pure stations have no clock: the same snapshot gives the same bytes. Pass the time as a value.' },
      { object: 'Math', property: 'random', message: 'Pure stations have no randomness: the same snapshot gives the same bytes.' },
    ],
    'no-restricted-syntax': [
      'error',
      { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Pure stations have no clock: pass the time as a value.' },
    ],
  },
};

const checksAlone = {
  files: ['lambda/checks/*/**/*.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          ...refusals('checks'),
          ...sideEffects,
          { regex: '^\\./', message: 'A check imports its definition helper, model and facts, never another check: what two checks share is a fact.' },
          { regex: '^\\.\\./(?!\\.\\./|define-check)', message: 'A check imports its definition helper, model and facts, never another check: what two checks share is a fact.' },
        ],
      },
    ],
  },
};

/** lib/ describes infrastructure: it knows names, actions and settings, and nothing of what runs in a function. */
const constructs = {
  files: ['lib/**/*.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: '(^|/)\\.\\.?/(.*/)?lambda/(?!contract\\.ts$|access/|configuration/)',
            message: 'lib/ imports of lambda/ only contract.ts, access/ and configuration/: what runs in a function is bundled from lambda/handlers/, never loaded by the CDK (docs/architecture.md).',
          },
          { group: ['@aws-sdk/*', '@smithy/*'], message: 'Synthesis needs no account: what a stack needs to know stands in eksaminer.yaml (docs/architecture.md).' },
        ],
      },
    ],
  },
};

/** Entry points of the functions, and what no station may import. */
const entryPoints = [
  {
    files: ['lambda/handlers/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '(^|/)lib/|aws-cdk-lib|^constructs$', message: 'handlers/ runs in a function; lib/ describes it. What both must agree on stands in lambda/contract.ts.' },
            { regex: '(^|/)access/', message: 'access/ is for the deployment and the docs: a function has the rights that it has.' },
          ],
        },
      ],
      'max-lines': ['error', { max: 60, skipComments: true }],
    },
  },
];

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'coverage/', 'examples/', '.eksaminer/', 'cdk.out/'] },
  { files: ['**/*.ts'], extends: [...tseslint.configs.strict], languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off', // noUncheckedIndexedAccess makes it the way to say "looked at above".
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  { files: ['scripts/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  ...directions,
  constructs,
  ...entryPoints,
  checksAlone,
  pureLanguage,
);
