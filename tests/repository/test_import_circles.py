"""No module imports itself by way of others, not even for its annotations."""

import grimp

PACKAGES = ("abierto", "blocks", "pages", "search")


def find_circles(graph: grimp.ImportGraph) -> list[set[str]]:
    """Return the groups of modules that import each other: what is left without its ends."""
    imports = {name: set(graph.find_modules_directly_imported_by(name)) for name in graph.modules}
    while True:
        imported = set().union(*imports.values())
        ends = {name for name, targets in imports.items() if not targets or name not in imported}
        if not ends:
            break
        imports = {name: targets - ends for name, targets in imports.items() if name not in ends}
        if not imports:
            return []
    return [set(imports)]


def test_nothing_imports_itself_through_others():
    graph = grimp.build_graph(*PACKAGES, exclude_type_checking_imports=False, cache_dir=None)

    assert len(graph.modules) > 400
    assert find_circles(graph) == []


def test_a_circle_is_found():
    graph = grimp.ImportGraph()
    for name in ("a", "b", "c"):
        graph.add_module(name)
    for importer, imported in (("a", "b"), ("b", "a"), ("c", "a")):
        graph.add_import(importer=importer, imported=imported)

    assert find_circles(graph) == [{"a", "b"}]
