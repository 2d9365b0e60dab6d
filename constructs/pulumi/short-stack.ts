/** Frames between the SDK's look at the stack and the code that made the resource. */
const SDK_FRAMES = 5;

type PrepareStack = NonNullable<typeof Error.prepareStackTrace>;

/** How the program itself has stacks printed, where it says so. */
const preparedBy = (): PrepareStack | undefined => Reflect.get(Error, 'prepareStackTrace') as PrepareStack | undefined;

const printed: PrepareStack = (error, frames) =>
  [String(error), ...frames.map((frame) => `    at ${(frame as { toString(): string }).toString()}`)].join('\n');

/** How many frames the stack has where this is called, this function not counted. */
function stackDepth(): number {
  const { stackTraceLimit } = Error;
  const prepare = preparedBy();
  try {
    Error.stackTraceLimit = Infinity;
    Error.prepareStackTrace = (_error, frames) => frames.length - 1;
    return Number(new Error().stack);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    restorePrepare(prepare);
  }
}

function restorePrepare(prepare: PrepareStack | undefined): void {
  if (prepare === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
  else Error.prepareStackTrace = prepare;
}

/**
 * Runs `register`, which makes many resources, with short stacks. The SDK takes a stack for each of some thirty promises of a
 * resource, and the whole one for the resource, and maps each frame back to its source: more than a quarter of its time.
 * None of them is for the program's eyes, except where the resource was made: that is then the line that called the caller,
 * the `new MeshStack` of the program, and not a loop in here.
 */
export function withShortStacks<T>(register: () => T): T {
  const { stackTraceLimit } = Error;
  const prepare = preparedBy();
  // The stack is: this function, its caller, the line that called it, and what lies below.
  const below = stackDepth() - 2;
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (error, frames) => {
      const caller = frames[frames.length - below];
      const isWhole = frames.length > below && caller !== undefined;
      const shown = isWhole ? [...frames.slice(0, SDK_FRAMES), caller] : frames;
      return (prepare ?? printed)(error, shown) as unknown;
    };
    return register();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    restorePrepare(prepare);
  }
}
