import swcJest from '@swc/jest';

// Just in time, Angular compiles a component where it is declared, and this package declares all of its 1,900 icons in
// one file: ten seconds for every spec that shows one. Declared at first use instead, only what is shown is compiled.
const declaration = /static ɵcmp = (i0\.ɵɵngDeclareComponent\(.*\));$/gm;
const atFirstUse = 'static get ɵcmp() { return Object.defineProperty(this, "ɵcmp", { value: $1 }).ɵcmp; }';

export default {
  createTransformer(options) {
    const swc = swcJest.createTransformer(options);
    return {
      process: (source, ...rest) => swc.process(source.replace(declaration, atFirstUse), ...rest),
      getCacheKey: (source, ...rest) => `at-first-use-${swc.getCacheKey(source, ...rest)}`,
    };
  },
};
