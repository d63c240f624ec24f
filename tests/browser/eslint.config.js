import { require } from './tools.js';

const js = require('@eslint/js');
const globals = require('globals');

const rules = {
  ...js.configs.recommended.rules,
  eqeqeq: 'error',
  'no-undef': 'error',
  'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
  'no-implied-eval': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['host/http/pages/*.js'], ignores: ['**/service-worker.js'], languageOptions: { globals: globals.browser }, rules },
  { files: ['host/http/pages/service-worker.js'], languageOptions: { globals: globals.serviceworker }, rules },
  { files: ['tests/browser/**/*.js'], languageOptions: { globals: { ...globals.node, ...globals.browser } }, rules },
];
