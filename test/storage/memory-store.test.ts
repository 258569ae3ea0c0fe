import { describe } from '@jest/globals';
import { memoryStore } from './memory-store.ts';
import { objectStoreContract } from './object-store-contract.ts';

describe('the store of the tests', () => objectStoreContract(() => Promise.resolve(memoryStore())));
