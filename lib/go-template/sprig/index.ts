import type { FunctionMap } from '../template';
import { DATE_FUNCTIONS } from './dates';
import { DECIMAL_FUNCTIONS } from './decimals';
import { DEFAULT_FUNCTIONS } from './defaults';
import { DICT_FUNCTIONS } from './dicts';
import { ENCODING_FUNCTIONS } from './encodings';
import { HASH_FUNCTIONS } from './hashes';
import { LIST_FUNCTIONS } from './lists';
import { NUMBER_FUNCTIONS } from './numbers';
import { PATH_FUNCTIONS } from './paths';
import { REFLECTION_FUNCTIONS } from './reflection';
import { REGEX_FUNCTIONS } from './regex';
import { STRING_FUNCTIONS } from './strings';
import { UNAVAILABLE_FUNCTIONS } from './unavailable';
import { URL_FUNCTIONS } from './urls';
import { VERSION_FUNCTIONS } from './versions';

/**
 * The functions of sprig, the library that Istio's templates (and Helm's) use.
 *
 * Source: https://masterminds.github.io/sprig/
 */
export const SPRIG_FUNCTIONS: FunctionMap = {
  ...DATE_FUNCTIONS,
  ...DECIMAL_FUNCTIONS,
  ...DEFAULT_FUNCTIONS,
  ...DICT_FUNCTIONS,
  ...ENCODING_FUNCTIONS,
  ...HASH_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...PATH_FUNCTIONS,
  ...REFLECTION_FUNCTIONS,
  ...REGEX_FUNCTIONS,
  ...STRING_FUNCTIONS,
  ...UNAVAILABLE_FUNCTIONS,
  ...URL_FUNCTIONS,
  ...VERSION_FUNCTIONS,
};
