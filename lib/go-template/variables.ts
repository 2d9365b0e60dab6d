import type { Value } from './value';

/** A variable of a template, `$` included. */
export interface Variable {
  readonly name: string;
  value: Value;
  /** Whether Go holds the value in a variable of interface type: error messages name that type then. */
  isInterface: boolean;
}

/** The variables in sight, the one declared last on top. */
export class Variables {
  private readonly stack: Variable[] = [];

  constructor(dot: Value) {
    this.push('$', dot);
  }

  push(name: string, value: Value): void {
    this.stack.push({ name, value, isInterface: false });
  }

  /** The variable of that name that was declared last. */
  find(name: string): Variable | undefined {
    // A loop, for this is asked more often than anything else.
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const variable = this.stack[i];
      if (variable?.name === name) return variable;
    }
    return undefined;
  }

  /** The variable so far from the top; 1 is the top. */
  fromTop(count: number): Variable | undefined {
    return this.stack[this.stack.length - count];
  }

  /** How many there are, for {@link dropTo}. */
  get size(): number {
    return this.stack.length;
  }

  /** Forgets what was declared since there were so many. */
  dropTo(size: number): void {
    while (this.stack.length > size) this.stack.pop();
  }
}
