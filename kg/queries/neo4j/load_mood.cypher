UNWIND $rows AS row
MERGE (node:Mood {id: row.id})
SET node.name = row.name, node.degree = row.degree, node.build = $build
