// E59 link-as-folder [leak]
// a folder that is a link, and a module in it
//@symlink beside -> PROJECT_ROOT/solutions/practice/adder
export * from './beside/kata'
