UNWIND $rows AS row
MERGE (node:Country {id: row.id})
SET node.name = row.name, node.degree = row.degree, node.build = $build
