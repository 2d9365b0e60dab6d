import type { FunctionMap } from '../template';
import { DEFAULT_FUNCTIONS } from './defaults';
import { DICT_FUNCTIONS } from './dicts';
import { ENCODING_FUNCTIONS } from './encodings';
import { LIST_FUNCTIONS } from './lists';
import { NUMBER_FUNCTIONS } from './numbers';
import { REFLECTION_FUNCTIONS } from './reflection';
import { STRING_FUNCTIONS } from './strings';

/**
 * The functions of sprig, the library that Istio's templates (and Helm's) use.
 *
 * Source: https://masterminds.github.io/sprig/
 */
export const SPRIG_FUNCTIONS: FunctionMap = {
  ...DEFAULT_FUNCTIONS,
  ...DICT_FUNCTIONS,
  ...ENCODING_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...REFLECTION_FUNCTIONS,
  ...STRING_FUNCTIONS,
};
