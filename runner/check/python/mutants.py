"""Small changes to a Python module that its tests should notice."""

import ast

_COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}


def mutants(source):
    """@returns a list of operator, line (1-based) and the whole changed text; in the order of the lines."""
    return sorted(_Mutation(source).found, key=lambda one: one["line"])


class _Mutation(ast.NodeVisitor):
    def __init__(self, source):
        self.found = []
        self._bytes = source.encode()
        lines = self._bytes.splitlines(keepends=True)
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line))
        self.visit(ast.parse(source))

    def _change(self, operator, node, text):
        start = self._starts[node.lineno - 1] + node.col_offset
        end = self._starts[node.end_lineno - 1] + node.end_col_offset
        changed = (self._bytes[:start] + text.encode() + self._bytes[end:]).decode()
        try:
            compile(changed, "kata.py", "exec", dont_inherit=True)
        except SyntaxError:
            return
        self.found.append({"operator": operator, "line": node.lineno, "text": changed})

    # What is for people, or for tools: annotations, messages of errors, docstrings.

    def visit_Raise(self, node):
        pass

    def visit_arg(self, node):
        pass

    def visit_AnnAssign(self, node):
        if node.value is not None:
            self.visit(node.value)

    def visit_JoinedStr(self, node):
        pass

    def visit_TypeAlias(self, node):
        pass

    def visit_FunctionDef(self, node):
        for default in [*node.args.defaults, *node.args.kw_defaults]:
            if default is not None:
                self.visit(default)
        for statement in node.body:
            self.visit(statement)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        for statement in node.body:
            self.visit(statement)

    def visit_Expr(self, node):
        if isinstance(node.value, ast.Constant):
            return
        self._change("statement left out", node, "pass")
        self.generic_visit(node)

    def visit_Assign(self, node):
        if not all(isinstance(target, ast.Name) for target in node.targets):
            self._change("statement left out", node, "pass")
        self.visit(node.value)

    def visit_AugAssign(self, node):
        self._change("statement left out", node, "pass")
        swapped = {ast.Add: "-=", ast.Sub: "+="}.get(type(node.op))
        if swapped:
            text = f"{ast.unparse(node.target)} {swapped} {ast.unparse(node.value)}"
            self._change("arithmetic", node, text)
        self.visit(node.value)

    def visit_Delete(self, node):
        self._change("statement left out", node, "pass")

    def visit_Break(self, node):
        self._change("break", node, "continue")

    def visit_Continue(self, node):
        self._change("continue", node, "break")

    def visit_Return(self, node):
        if node.value is None:
            self._change("return left out", node, "pass")
            return
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            self._change("return", node, "return None")
        self.visit(node.value)

    def visit_If(self, node):
        self._condition(node.test)
        self.generic_visit(node)

    visit_IfExp = visit_If

    def visit_While(self, node):
        if not isinstance(node.test, ast.Constant):
            self._change("condition", node.test, "False")
        self.generic_visit(node)

    def visit_comprehension(self, node):
        for condition in node.ifs:
            self._change("condition", condition, "True")
        self.generic_visit(node)

    def _condition(self, test):
        self._change("condition", test, "True")
        self._change("condition", test, "False")

    def visit_Compare(self, node):
        if len(node.ops) == 1 and type(node.ops[0]) in _COMPARISONS:
            swapped = ast.Compare(node.left, [_COMPARISONS[type(node.ops[0])]()], node.comparators)
            self._change("comparison", node, ast.unparse(swapped))
        self.generic_visit(node)

    def visit_BoolOp(self, node):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self._change("logic", node, f"({ast.unparse(ast.BoolOp(other, node.values))})")
        self.generic_visit(node)

    def visit_BinOp(self, node):
        other = _ARITHMETIC.get(type(node.op))
        if other and not any(isinstance(side, (ast.JoinedStr, ast.Constant)) and _is_text(side) for side in (node.left, node.right)):
            self._change("arithmetic", node, f"({ast.unparse(ast.BinOp(node.left, other(), node.right))})")
        self.generic_visit(node)

    def visit_UnaryOp(self, node):
        if isinstance(node.op, ast.Not):
            self._change("logic", node, f"({ast.unparse(node.operand)})")
        self.generic_visit(node)

    def visit_Constant(self, node):
        match node.value:
            case bool(value):
                self._change("constant", node, str(not value))
            case int(value) | float(value):
                self._change("constant", node, repr(value + 1))
            case str(value) if value:
                self._change("constant", node, "''")


def _is_text(node):
    return isinstance(node, ast.JoinedStr) or isinstance(node.value, str)
