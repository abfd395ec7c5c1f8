// What node has of WebAssembly; its types come with those of browsers only.
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, unknown>>;
  class Module {
    constructor(bytes: Uint8Array);
    /** Sets it apart from bytes. */
    private readonly compiled: true;
  }
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  interface Instantiated {
    readonly module: Module;
    readonly instance: Instance;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
  function instantiate(bytes: Uint8Array, imports?: Imports): Promise<Instantiated>;
}
