UNWIND $rows AS row
MERGE (node:Theme {id: row.id})
SET node.name = row.name, node.degree = row.degree, node.build = $build
