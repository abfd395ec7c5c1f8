// G54 package-json-link [verdict]
// a package.json that maps a name to a link to the reference
//@file package.json | { "imports": { "#own/*": "./link/*" } }
//@symlink link -> PROJECT_ROOT/solutions/practice/adder
export * from '#own/kata.ts'
