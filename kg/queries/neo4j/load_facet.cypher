UNWIND $rows AS row
MERGE (node:Facet {id: row.id})
SET node.name = row.name, node.degree = row.degree, node.build = $build
