UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Person {id: row.entity})
MERGE (item)-[edge:FEATURES {position: row.position}]->(entity)
SET edge.build = $build
